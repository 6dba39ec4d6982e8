import { execFileSync } from 'node:child_process'

/** The command line of a running process; empty if there is none. Tells a process from one that got its id later. */
export function commandOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return ''
  }
}
