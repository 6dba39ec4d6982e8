import { z } from 'zod'
import { rehearsalForm } from './rehearsal.ts'
import { jsonSchemaOf } from './schemas.ts'
import type { JsonSchema } from './schemas.ts'
import { taskPlacesForm } from './task-places.ts'

/** What every process needs to know, whatever modules it holds. */
export const platformConfig = z.object({
  env: z.enum(['development', 'production']).default('development'),
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .optional()
    .describe("Name of the process in logs, metrics and internal tokens. Default: the app's."),
  modules: z
    .string()
    .optional()
    .describe('Which modules of the app this process runs, separated by commas. Default: all.'),
  port: z.int().min(0).max(65_535).default(3000).describe('Port of the HTTP listener; 0 picks a free one.'),
  host: z.string().default('127.0.0.1').describe('Address to listen on.'),
  publicUrl: z
    .url()
    .optional()
    .meta({ unsafeDefault: true })
    .describe('Where clients reach the platform; issuer of tokens. Default: localhost and the port.'),
  trustProxy: z
    .boolean()
    .default(false)
    .describe('Whether X-Forwarded-For is believed: only behind a gateway.'),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  databaseSecret: z
    .string()
    .min(16)
    .default('cenopie-development')
    .meta({ secret: true, unsafeDefault: true })
    .describe('Derives the password of each module role.'),
  databasePool: z.int().min(1).max(100).default(5).describe('Connections per module.'),
  internalSecret: z
    .string()
    .min(16)
    .default('cenopie-development')
    .meta({ secret: true, unsafeDefault: true })
    .describe('Signs calls between services.'),
  internalSecretPrevious: z
    .string()
    .min(16)
    .optional()
    .meta({ secret: true })
    .describe('Still accepted from other services while they change over to a new secret.'),
  jwksUrl: z.url().optional().describe('Public keys of the token issuer; not needed where auth is local.'),
  redisPrefix: z
    .string()
    .regex(/^[\w-]+$/)
    .default('cenopie')
    .describe('Prefix of every Redis key.'),
  rateLimit: z.int().min(1).default(600).describe('Requests per minute and caller, per process.'),
  requestSeconds: z.int().min(1).max(300).default(30).describe('Longest time one request may take.'),
  idleSeconds: z
    .int()
    .min(1)
    .max(3600)
    .default(60)
    .describe('Longest silence of whoever reads or writes a stream: a file, an upload, a feed.'),
  drainSeconds: z
    .int()
    .min(0)
    .max(120)
    .default(0)
    .describe('Time between "not ready" and closing the listener.'),
  stopSeconds: z
    .int()
    .min(1)
    .max(300)
    .default(20)
    .describe('Patience with running work before it is aborted.'),
  relayPollMs: z
    .int()
    .min(10)
    .max(60_000)
    .default(1000)
    .describe('Longest wait for an entry whose wake-up was lost.'),
  taskConcurrency: z
    .string()
    .regex(taskPlacesForm)
    .optional()
    .describe(
      'Runs at once per task, where they differ from its own: media.transcode-video=1,… 0: not in this process.',
    ),
  rehearsal: z
    .string()
    .regex(rehearsalForm)
    .optional()
    .meta({ developmentOnly: true })
    .describe('Repeats what may come twice (duplicate) or lets calls fail (faults:<seed>), on purpose.'),
})

export type PlatformConfig = z.output<typeof platformConfig>

/** What the launcher reads; known here so that it is not refused. */
const launcherKeys = ['CENOPIE_DATA_DIR']

export type Environment = Readonly<Record<string, string | undefined>>

/** `maxAnswers` of scope `interviews` → `CENOPIE_INTERVIEWS_MAX_ANSWERS`; the platform's own have no scope. */
export function variable(scope: string, key: string): string {
  const snake = key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
  return scope === '' ? `CENOPIE_${snake}` : `CENOPIE_${scope.toUpperCase()}_${snake}`
}

/**
 * Reads one scope's configuration. Throws one line per mistake, naming the variable: a value that does not fit, or in
 * production what is only safe on a developer's machine.
 */
export function readConfig<S extends z.ZodObject>(
  schema: S,
  scope: string,
  env: Environment,
  production: boolean,
): z.output<S> {
  const properties = jsonSchemaOf(schema, 'input')['properties'] as Record<string, JsonSchema>
  const given: Record<string, unknown> = {}
  const mistakes: string[] = []
  for (const [key, property] of Object.entries(properties)) {
    const text = env[variable(scope, key)]
    const absent = text === undefined || text === ''
    // A secret that anybody can read in the source is none.
    const published = property['secret'] === true && text === property['default']
    if (production && property['unsafeDefault'] && (absent || published))
      mistakes.push(`${variable(scope, key)} must be set in production`)
    if (production && property['developmentOnly'] && !absent)
      mistakes.push(`${variable(scope, key)} is not for production`)
    if (!absent) given[key] = typed(text, property)
  }
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    for (const issue of parsed.error.issues)
      mistakes.push(`${variable(scope, String(issue.path[0]))}: ${issue.message}`)
  }
  if (mistakes.length > 0 || !parsed.success) throw new Error(mistakes.join('\n'))
  return parsed.data
}

function typed(text: string, property: JsonSchema): unknown {
  if (property['type'] === 'integer' || property['type'] === 'number') return Number(text)
  if (property['type'] === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  return text
}

/** Refuses variables with our prefix that nobody reads: a misspelt setting must not pass for a default. */
export function refuseUnknown(
  env: Environment,
  scopes: Readonly<Record<string, z.ZodObject>>,
  extra: readonly string[],
): void {
  const known = new Set([...launcherKeys, ...extra])
  for (const [scope, schema] of Object.entries(scopes)) {
    for (const key of Object.keys(schema.shape)) known.add(variable(scope, key))
  }
  const unknown = Object.keys(env).filter((name) => name.startsWith('CENOPIE_') && !known.has(name))
  if (unknown.length > 0) throw new Error(`unknown configuration: ${unknown.join(', ')}`)
}
