import { stat } from 'node:fs/promises'
import { startsAtOnce } from './boxes.ts'
import { VideoError } from './failure.ts'
import { audioIsFit, longSide, shortSide, videoIsFit } from './fit-to-copy.ts'
import { fit, scaled, secondsToHold, standardRange, targetRate } from './picture.ts'
import { probe } from './probe.ts'
import { aligned } from './sound.ts'
import { encode, produce, type Step } from './step.ts'
import type { AudioFacts, MediaFacts, Transcoded, VideoFacts } from './types.ts'

export async function transcode(step: Step, output: string): Promise<Transcoded> {
  const { facts } = step
  const copied = { video: videoIsFit(facts), audio: facts.audio !== undefined && audioIsFit(facts.audio) }
  if (!copied.video && !copied.audio) return attempt(step, output, copied)
  try {
    return await attempt(step, output, copied)
  } catch (error) {
    // A decoder gets over damage that a new container does not: one more try, with everything encoded anew.
    const blamed = error instanceof VideoError && ['damaged', 'incomplete-output'].includes(error.code)
    if (!blamed) throw error
    return attempt(step, output, { video: false, audio: false })
  }
}

interface Copied {
  readonly video: boolean
  readonly audio: boolean
}

function attempt(step: Step, output: string, copied: Copied): Promise<Transcoded> {
  const { facts } = step
  return produce(
    output,
    step,
    (partial) =>
      encode(step, { outputs: [[...streams(facts, copied), ...container(facts, partial)]], writes: partial }),
    async (partial): Promise<Transcoded> => {
      const made = await inspect(step, partial)
      const { width, height } = made.video ?? {}
      return {
        path: output,
        mediaType: made.mediaType,
        bytes: (await stat(partial)).size,
        seconds: made.seconds,
        ...(width && height && { width, height }),
        facts: made,
        encoded: (facts.video !== undefined && !copied.video) || (facts.audio !== undefined && !copied.audio),
      }
    },
  )
}

function streams(facts: MediaFacts, copied: Copied): string[] {
  const { video, audio } = facts
  const held = secondsToHold(facts)
  return [
    ...(video
      ? ['-map', `0:${video.stream}`, ...(copied.video ? copiedVideo : encodedVideo(video, held))]
      : []),
    ...(audio
      ? ['-map', `0:${audio.stream}`, ...(copied.audio ? ['-c:a', 'copy'] : encodedAudio(audio))]
      : []),
  ]
}

/** Without supplemental units (type 6): cameras write places and serial numbers into them. */
const copiedVideo = ['-c:v', 'copy', '-bsf:v', 'filter_units=remove_types=6']

/** A key picture every two seconds and references never across it: players seek there and HLS cuts there. */
function encodedVideo(video: VideoFacts, held: number): string[] {
  const rate = targetRate(video)
  const [above = 0, below = 1] = rate.split('/').map(Number)
  const gop = `${Math.round((above / below) * 2)}`
  const filters = [
    ...(video.interlaced ? ['bwdif=mode=send_frame:deint=interlaced'] : []),
    `fps=${rate}:start_time=0`,
    ...scaled(video, fit(video, longSide, shortSide)),
    ...standardRange(video),
    'format=yuv420p',
    ...(held ? [`tpad=stop_mode=clone:stop_duration=${held.toFixed(3)}`] : []),
  ]
  return [
    ...['-vf', filters.join(','), '-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high'],
    ...['-crf', '23', '-maxrate', '2500k', '-bufsize', '5000k'],
    ...['-g', gop, '-keyint_min', gop, '-sc_threshold', '0', '-flags:v', '+cgop+bitexact'],
  ]
}

function encodedAudio({ channels }: AudioFacts): string[] {
  return ['-af', aligned, '-c:a', 'aac', '-b:a', '128k', '-ar', '48000', '-ac', channels > 1 ? '2' : '1']
}

function container({ video }: MediaFacts, output: string): string[] {
  return ['-movflags', '+faststart', '-f', video ? 'mp4' : 'ipod', `file:${output}`]
}

/** The new file's own facts. Rejects unless it holds as much picture and sound as the original did. */
async function inspect({ programs, facts, limits, options }: Step, path: string): Promise<MediaFacts> {
  const wanted = { needsVideo: facts.video !== undefined, needsAudio: facts.audio !== undefined }
  const made = await probe(
    programs,
    path,
    { maxSeconds: facts.seconds + 5, ...wanted },
    { ...options, limits },
  )
  const whole = (['video', 'audio'] as const).every((kind) => {
    const [before, after] = [facts[kind]?.endSeconds ?? 0, made[kind]?.endSeconds ?? 0]
    return before - after <= Math.max(1, before / 20)
  })
  if (!whole || !(await startsAtOnce(path))) throw new VideoError('incomplete-output')
  return made
}
