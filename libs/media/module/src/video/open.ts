import type { z } from 'zod'
import { hls } from './hls.ts'
import { effortLimits } from './limits.ts'
import { poster } from './poster.ts'
import { probe } from './probe.ts'
import { findPrograms } from './programs.ts'
import { run } from './run.ts'
import { speechAudio } from './speech-audio.ts'
import { step } from './step.ts'
import { transcode } from './transcode.ts'
import type { VideoTools } from './types.ts'
import { waveform } from './waveform.ts'

export interface VideoSettings extends z.input<typeof effortLimits> {
  /** Paths or names; found on PATH unless told. */
  readonly ffmpeg?: string
  readonly ffprobe?: string
}

const usualPoints = 1000

/**
 * Finds the tools and runs them once under their limits, so that a machine that cannot do it says so at boot.
 * Rejects with the line that installs what is missing, or with `VideoError` when the limits leave no room to start.
 */
export async function openVideoTools({
  ffmpeg,
  ffprobe,
  ...effort
}: VideoSettings = {}): Promise<VideoTools> {
  const usual = effortLimits.parse(effort)
  const programs = await findPrograms({ ...(ffmpeg && { ffmpeg }), ...(ffprobe && { ffprobe }) })
  await Promise.all(
    (['ffmpeg', 'ffprobe'] as const).map((program) =>
      run(programs, { program, args: ['-version'], wallSeconds: usual.probeSeconds, limits: usual }),
    ),
  )
  return {
    missing: programs.ffmpeg.missing,
    probe: (input, content = {}, { signal, limits } = {}) =>
      probe(programs, input, content, { signal, limits: effortLimits.parse({ ...usual, ...limits }) }),
    transcode: (input, output, facts, options) =>
      transcode(step(programs, input, facts, usual, options), output),
    poster: (input, output, facts, options) => poster(step(programs, input, facts, usual, options), output),
    hls: (input, folder, facts, options) => hls(step(programs, input, facts, usual, options), folder),
    speechAudio: (input, output, facts, options) =>
      speechAudio(step(programs, input, facts, usual, options), output, options?.format ?? 'wav'),
    waveform: (input, output, facts, options) =>
      waveform(step(programs, input, facts, usual, options), output, options?.points ?? usualPoints),
  }
}
