import type { FileHandle } from 'node:fs/promises'
import type { Command, Ended } from './command.ts'
import { launch } from './launcher/launcher.ts'
import type { Program } from './program.ts'
import { supervise } from './supervise.ts'

const isLinux = process.platform === 'linux'

/**
 * Runs a program on untrusted input to its end, as a child that can do little: limited in time, processor, memory and
 * output, with nothing of this process's environment, no home to keep anything in, and killed with its process group on
 * abort, on a limit, and by the kernel when this process dies. Resolves to how it ended, well or not.
 *
 * Rejects with the signal's reason, with what `read` throws, and with {@link ProgramUnavailable}.
 */
export async function run(program: Program, command: Command): Promise<Ended> {
  const { signal, read, input, output, ...rest } = command
  signal?.throwIfAborted()
  const order = { ...rest, input: pathOf(input), output: pathOf(output) }
  return isLinux ? launch(program, order, { signal, read }) : supervise(program, order, { signal, read })
}

/** Where other processes (Linux), or else this one, find a file that may have no name. */
function pathOf(file: FileHandle | undefined): string | undefined {
  if (!file) return undefined
  return isLinux ? `/proc/${process.pid}/fd/${file.fd}` : `/dev/fd/${file.fd}`
}
