import {
  findProgram,
  ProgramUnavailable,
  run as runProgram,
  type Command,
  type Ended,
} from '@cenopie/platform-programs'
import { TranscriptionError } from '../../domain/transcriber.ts'
import { programMissing } from './missing.ts'

/** A program that says more than this is stopped, bytes. */
const longestOutput = 4 * 1024 * 1024

export type ProgramRun = Pick<Command, 'args' | 'limits' | 'signal' | 'input' | 'output'>

/**
 * Runs a program on somebody's voice, within limits. Resolves to what it said on standard output, unless that went to
 * `output`; what it says on standard error may echo the recording and is thrown away.
 *
 * @throws TranscriptionError `program-missing`, or `program-failed` when it says too much; the signal's own reason
 */
export async function run(name: string, given: ProgramRun): Promise<Ended & { readonly text: string }> {
  const said: Buffer[] = []
  let bytes = 0
  const read = (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > longestOutput) throw new TranscriptionError('program-failed', `${name} said too much.`)
    said.push(chunk)
  }
  try {
    const ended = await runProgram(await findProgram(name), { ...given, read })
    return { ...ended, text: Buffer.concat(said).toString() }
  } catch (error) {
    throw error instanceof ProgramUnavailable ? programMissing(name, error) : error
  }
}

/** Why a run that nobody called off ended without success. */
export function programFailed(program: string, { code, limit }: Ended): TranscriptionError {
  const killed = limit ? `reached its limit of ${limit}` : 'was killed'
  const how = code === undefined ? killed : `ended with ${code}`
  return new TranscriptionError('program-failed', `${program} ${how}.`)
}
