import { rename, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { bytesBelow } from '@cenopie/platform-programs'
import { VideoError } from './failure.ts'
import { untrustedInput } from './input.ts'
import { effortLimits, type EffortLimits } from './limits.ts'
import { progressOf } from './progress.ts'
import type { Programs } from './programs.ts'
import { run } from './run.ts'
import { containerOf } from './sniff.ts'
import type { MediaFacts, StepOptions } from './types.ts'
import { printedReason } from './verdict.ts'

/** One step on one file: what all of them are told. */
export interface Step {
  readonly programs: Programs
  readonly input: string
  readonly facts: MediaFacts
  readonly limits: EffortLimits
  readonly options: StepOptions
}

export function step(
  programs: Programs,
  input: string,
  facts: MediaFacts,
  limits: EffortLimits,
  options: StepOptions = {},
): Step {
  return { programs, input, facts, limits: effortLimits.parse({ ...limits, ...options.limits }), options }
}

interface Encoding {
  /** Arguments of each output, its name last. */
  readonly outputs: readonly (readonly string[])[]
  readonly writes?: string
  readonly folder?: string
  /** Takes the standard output; without it that is where progress is read. */
  readonly read?: (chunk: Buffer) => void
}

/** Runs ffmpeg on the step's input. Resolves to what it printed: errors that it got over. */
export function encode(step: Step, { outputs, writes, folder, read }: Encoding): Promise<string> {
  const { programs, input, facts, limits, options } = step
  const progress = ['-stats_period', '0.5', '-progress', 'pipe:1']
  return run(programs, {
    program: 'ffmpeg',
    args: [
      ...['-nostats', ...(read ? [] : progress), '-filter_threads', '1'],
      ...untrustedInput(input, containerOf(facts.container), limits),
      ...outputs.flatMap((output) => [...everyOutput(step), ...output]),
    ],
    wallSeconds: limits.wallSeconds,
    limits,
    signal: options.signal,
    read: read ?? progressOf(facts.seconds, options.onProgress),
    writes,
    folder,
  })
}

/** Nothing of the original's metadata (places, names, devices), no other tracks, and not longer than was counted. */
function everyOutput({ facts, limits }: Step): string[] {
  return [
    ...['-map_metadata', '-1', '-map_chapters', '-1', '-dn', '-sn'],
    ...['-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact'],
    ...['-threads', `${limits.threads}`, '-t', `${facts.seconds + 1}`],
  ]
}

/**
 * Has `write` make a file or folder under another name, has `check` look whether it is whole, and only then gives it
 * its name. What a killed run left under either name is replaced.
 */
export async function produce<T>(
  output: string,
  { limits, options }: Step,
  write: (partial: string) => Promise<string>,
  check: (partial: string) => Promise<T>,
): Promise<T> {
  // The tool works in a folder of its own.
  const partial = `${resolve(output)}.partial`
  await rm(partial, { recursive: true, force: true })
  try {
    const log = await write(partial)
    // The watch looks now and then, and a short run may end between two looks.
    if (bytesBelow(partial) > limits.outputBytes) throw new VideoError('output-too-large')
    const checked = await check(partial).catch((error: unknown) => {
      throw incomplete(error, log)
    })
    options.signal?.throwIfAborted()
    await rm(output, { recursive: true, force: true })
    await rename(partial, output)
    options.onProgress?.(100)
    return checked
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    throw error
  }
}

/** The original is to blame when ffmpeg complained about it on the way, the run otherwise. */
function incomplete(error: unknown, log: string): unknown {
  const ofTheFile = error instanceof VideoError && (!error.retryable || error.code === 'incomplete-output')
  if (!ofTheFile) return error
  const code = printedReason(log) ?? (log ? 'damaged' : 'incomplete-output')
  return new VideoError(code, { cause: error, log: log || error.log })
}
