import { run } from './run.ts'

export interface SystemProgram {
  command: string
  /** Makes it say its version, where it has a word for that. */
  version?: string
  /** Debian's names of what it needs; left out: the command's. */
  packages?: readonly string[]
  /** What to do instead of installing it, if anything. */
  instead?: string
}

/** What npm does not ship comes from Debian: installed if we may, asked for in one line if not. */
export async function ensureInstalled(program: SystemProgram): Promise<void> {
  if (await works(program)) return
  const packages = (program.packages ?? [program.command]).join(' ')
  const install = `apt-get install --yes --no-install-recommends ${packages}`
  if (process.getuid?.() === 0) await run('sh', ['-c', `apt-get update && ${install}`]).catch(() => undefined)
  if (await works(program)) return
  const instead = program.instead === undefined ? '' : `\n${program.instead}`
  throw new Error(`${program.command} is missing. Install it with: sudo ${install}${instead}`)
}

async function works({ command, version }: SystemProgram): Promise<boolean> {
  const look = version === undefined ? run('sh', ['-c', `command -v ${command}`]) : run(command, [version])
  return look.then(
    () => true,
    () => false,
  )
}
