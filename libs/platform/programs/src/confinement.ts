import type { ProgramLimits } from './command.ts'
import { niceness } from './priority.ts'
import type { Program } from './program.ts'

/** The kernel's own limit of processor time lies this much above the watched one, which names the reason. */
const cpuMargin = 2

/** Each word replaces itself by the next, so that one process is left. */
export function confined({ path, confiners }: Program, limits: ProgramLimits): [string, ...string[]] {
  const { nice, setpriv, prlimit } = confiners
  const cpu = Math.ceil(limits.cpuSeconds) + cpuMargin
  const words = [
    ...(nice ? [nice, '-n', `${niceness}`] : []),
    ...(setpriv ? [setpriv, '--pdeathsig', 'KILL', '--no-new-privs'] : []),
    ...(prlimit
      ? [
          ...[prlimit, `--as=${limits.memoryBytes}`, `--cpu=${cpu}:${cpu + cpuMargin}`],
          ...[`--fsize=${limits.outputBytes}`, '--nofile=64', '--core=0', '--'],
        ]
      : []),
  ]
  const [first, ...rest] = [...words, path]
  return [first ?? path, ...rest]
}

/** Nothing of this process's own, where secrets are. */
export function environment(home: string): Record<string, string> {
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    HOME: home,
    // What is printed is read by programs.
    LC_ALL: 'C',
    // Two malloc arenas instead of eight per processor: each reserves 64 MB of the limited address space.
    MALLOC_ARENA_MAX: '2',
  }
}
