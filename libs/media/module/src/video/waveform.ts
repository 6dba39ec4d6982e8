import { stat, writeFile } from 'node:fs/promises'
import { VideoError } from './failure.ts'
import { Peaks } from './peaks.ts'
import { speech, speechRate } from './sound.ts'
import { encode, produce, type Step } from './step.ts'
import type { Rendition, Waveform } from './types.ts'

export async function waveform(step: Step, output: string, points: number): Promise<Rendition> {
  const { audio } = step.facts
  if (!audio) throw new VideoError('no-audio')
  const peaks = new Peaks()
  const args = ['-map', `0:${audio.stream}`, '-vn', '-af', speech, '-f', 's16le', 'pipe:1']
  const read = (chunk: Buffer) => peaks.add(chunk)
  return produce(
    output,
    step,
    async (partial) => {
      const log = await encode(step, { outputs: [args], read })
      const drawn: Waveform = { version: 1, seconds: peaks.samples / speechRate, peaks: peaks.fold(points) }
      await writeFile(partial, JSON.stringify(drawn))
      return log
    },
    async (partial) => {
      const seconds = peaks.samples / speechRate
      if (audio.endSeconds - seconds > Math.max(1, audio.endSeconds / 20)) {
        throw new VideoError('incomplete-output')
      }
      return { path: output, mediaType: 'application/json', bytes: (await stat(partial)).size, seconds }
    },
  )
}
