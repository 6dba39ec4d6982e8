import { VideoError } from './failure.ts'
import { probe } from './probe.ts'
import { speech } from './sound.ts'
import { encode, produce, type Step } from './step.ts'
import type { Rendition } from './types.ts'

export async function speechAudio(step: Step, output: string, format: 'wav' | 'flac'): Promise<Rendition> {
  const { programs, facts, limits, options } = step
  const { audio } = facts
  if (!audio) throw new VideoError('no-audio')
  const args = ['-map', `0:${audio.stream}`, '-vn', '-af', speech, '-f', format]
  return produce(
    output,
    step,
    (partial) => encode(step, { outputs: [[...args, `file:${partial}`]], writes: partial }),
    async (partial) => {
      const content = { maxSeconds: facts.seconds + 5, needsAudio: true }
      const made = await probe(programs, partial, content, { ...options, limits })
      if (audio.endSeconds - made.seconds > Math.max(1, audio.endSeconds / 20)) {
        throw new VideoError('incomplete-output')
      }
      return { path: output, mediaType: made.mediaType, bytes: made.bytes, seconds: made.seconds }
    },
  )
}
