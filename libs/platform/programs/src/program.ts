import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

const confiners = ['nice', 'setpriv', 'prlimit'] as const
type Confiner = (typeof confiners)[number]

/** Where a program lies, and what its runs are confined with. */
export interface Program {
  readonly path: string
  /** Paths of those that this machine has (Linux: coreutils and util-linux). */
  readonly confiners: Readonly<Partial<Record<Confiner, string>>>
  /** Those it has not. */
  readonly missing: readonly Confiner[]
}

/** There is no such program on PATH, or not where it was said to be; or it cannot be started just now (`cause`). */
export class ProgramUnavailable extends Error {
  override readonly name = 'ProgramUnavailable'
  readonly program: string

  constructor(program: string, options?: ErrorOptions) {
    super(`${program} ${options?.cause ? 'could not be started' : 'was not found'}`, options)
    this.program = program
  }
}

const known = new Map<string, Program>()

/**
 * Finds a program by its name on PATH, or by its path; once, since each look starts a shell. One that was not found is
 * looked for again: somebody may install it. Rejects with {@link ProgramUnavailable}.
 */
export async function findProgram(name: string): Promise<Program> {
  const program = known.get(name) ?? (await lookFor(name))
  known.set(name, program)
  return program
}

async function lookFor(name: string): Promise<Program> {
  const [path, ...found] = await pathsOf([name, ...confiners])
  if (!path) throw new ProgramUnavailable(name)
  const having = confiners.flatMap((confiner, at) => (found[at] ? [[confiner, found[at]] as const] : []))
  return {
    path,
    confiners: Object.fromEntries(having),
    missing: confiners.filter((_, at) => !found[at]),
  }
}

/** The shell knows PATH: only the runtime reads the environment. What is not found, or is the shell's own, is empty. */
async function pathsOf(names: readonly string[]): Promise<string[]> {
  const script = 'for name; do command -v "$name" || echo; done'
  const { stdout } = await execute('/bin/sh', ['-c', script, 'sh', ...names])
  return stdout.split('\n').map((path) => (path.startsWith('/') ? path : ''))
}
