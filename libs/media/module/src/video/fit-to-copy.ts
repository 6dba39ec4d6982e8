import { fit, isSlowEnough, secondsToHold } from './picture.ts'
import type { AudioFacts, MediaFacts } from './types.ts'

/** The frame of every encoded recording, either way up. */
export const longSide = 1280
export const shortSide = 720

/** Profiles that every browser decodes in hardware or software. */
const profiles: readonly (string | undefined)[] = ['Constrained Baseline', 'Baseline', 'Main', 'High']

/** Key pictures further apart make seeking slow and HLS segments long. */
const mostGopSeconds = 6
const mostBitsPerSecond = 6_000_000

/** Whether the picture may go into the MP4 as it is: what an encoder here would have made, or near enough. */
export function videoIsFit(facts: MediaFacts): boolean {
  const { video, bytes, seconds } = facts
  if (!video || video.codec !== 'h264' || video.pixelFormat !== 'yuv420p') return false
  const { width, height } = fit(video, longSide, shortSide)
  return (
    profiles.includes(video.profile) &&
    width === video.width &&
    height === video.height &&
    video.pixelAspect === 1 &&
    video.rotation === 0 &&
    !video.interlaced &&
    !video.highDynamicRange &&
    isSlowEnough(video) &&
    secondsToHold(facts) === 0 &&
    video.longestGopSeconds <= mostGopSeconds &&
    (bytes * 8) / seconds <= mostBitsPerSecond
  )
}

/** Whether HLS may cut the streams as they are: less than `videoIsFit` asks, since what `transcode` wrote is never refused. */
export function segmentsAsItIs({ video, audio }: MediaFacts): boolean {
  const cut =
    !video || (video.codec === 'h264' && video.rotation === 0 && video.longestGopSeconds <= mostGopSeconds)
  return cut && (!audio || audioIsFit(audio))
}

export function audioIsFit({ codec, profile, channels, sampleRate }: AudioFacts): boolean {
  return codec === 'aac' && profile === 'LC' && channels <= 2 && sampleRate >= 16_000 && sampleRate <= 48_000
}
