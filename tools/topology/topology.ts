import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { z } from 'zod'

const topologySchema = z.strictObject({
  processes: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'lower case letters, digits and hyphens'),
        /** `"*"`: every module that no other process holds. */
        modules: z.union([z.literal('*'), z.array(z.string()).min(1)], {
          error: 'the names of one or more modules, or "*"',
        }),
        /** Of its own, on the same server; left out, it shares the one that `DATABASE_URL` names. */
        database: z
          .string()
          .regex(/^[a-z][a-z0-9_]{0,39}$/, 'lower case letters, digits and underscores')
          .optional(),
      }),
    )
    .min(1),
})

export type Topology = z.output<typeof topologySchema>

/** A process, and which modules it runs. */
export interface Assignment {
  name: string
  modules: string[]
  database: string | undefined
}

const workspace = join(import.meta.dirname, '../..')

/** Names of the files of this folder. */
export function topologyNames(folder = import.meta.dirname): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort()
}

/** Reads `NAME.json`. Throws one line that names the file and the field that is wrong. */
export function readTopology(name: string, folder = import.meta.dirname): Topology {
  const names = topologyNames(folder)
  if (!names.includes(name)) throw new Error(`There is no topology "${name}", only ${names.join(', ')}.`)
  const file = join(folder, `${name}.json`)
  const at = relative(workspace, file)
  const parsed = topologySchema.safeParse(parseJson(readFileSync(file, 'utf8'), at))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = issue?.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys] : issue?.path
  throw new Error(`${at}: ${field?.join('.') || 'the file'}: ${issue?.message}`)
}

function parseJson(text: string, at: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`${at} is not JSON: ${(cause as Error).message}`, { cause })
  }
}

/**
 * Gives each module to exactly one process, `"*"` included. Throws one line that names the process or module that is
 * wrong.
 */
export function assign({ processes }: Topology, modules: readonly string[]): Assignment[] {
  const named = processes.flatMap(({ modules }) => (modules === '*' ? [] : modules))
  const twice = (names: readonly string[]) => names.find((name, index) => names.indexOf(name) !== index)
  const refuse = (reason: string) => {
    throw new Error(reason)
  }
  const sameName = twice(processes.map(({ name }) => name))
  if (sameName) refuse(`two processes are called ${sameName}`)
  const takers = processes.filter(({ modules }) => modules === '*').map(({ name }) => name)
  if (takers.length > 1) refuse(`${takers.join(' and ')} cannot both take the rest of the modules`)
  const unknown = named.find((name) => !modules.includes(name))
  if (unknown) refuse(`there is no module "${unknown}", only ${modules.join(', ')}`)
  const shared = twice(named)
  if (shared) refuse(`module ${shared} is given to a process twice`)
  const rest = modules.filter((name) => !named.includes(name))
  if (takers.length === 1 && rest.length === 0) refuse(`no module is left for ${takers[0]}`)
  if (takers.length === 0 && rest.length > 0) refuse(`no process runs ${rest.join(', ')}`)
  return processes.map(({ name, modules, database }) => {
    return { name, modules: modules === '*' ? rest : modules, database }
  })
}
