import type { MediaFacts, VideoFacts } from './types.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

/**
 * The largest even size of the same shape that fits into `long` × `short`, whichever way up, and is no larger than the
 * original. H.264 with halved colour wants even sides.
 */
export function fit({ width, height }: Size, long: number, short: number): Size {
  const scale = Math.min(1, long / Math.max(width, height), short / Math.min(width, height))
  return { width: even(width * scale), height: even(height * scale) }
}

function even(side: number): number {
  return Math.max(2, Math.round(side / 2) * 2)
}

/**
 * Filters that bring every picture to one size. A browser's recording changes its size when the phone is turned: the
 * new picture is fitted into the first one's frame and not stretched.
 */
export function scaled(video: VideoFacts, { width, height }: Size): string[] {
  const size = `${width}:${height}`
  if (video.pixelAspect !== 1) return [`scale=${size}`, 'setsar=1']
  return [`scale=${size}:force_original_aspect_ratio=decrease`, `pad=${size}:-1:-1`, 'setsar=1']
}

/** Maps the wide range of a phone's HDR picture to that of a usual screen, after scaling because it is slow. */
export function standardRange({ highDynamicRange }: VideoFacts): string[] {
  if (!highDynamicRange) return []
  return [
    'zscale=transfer=linear:npl=100',
    'format=gbrpf32le',
    'zscale=primaries=bt709',
    'tonemap=hable:desat=0',
    'zscale=transfer=bt709:matrix=bt709:range=limited',
  ]
}

/** A picture that ends so much sooner than the sound is no reason to encode. */
const unnoticedSeconds = 0.5

/**
 * Seconds at the end that have sound alone: the camera was closed, or a busy machine lost its last pictures. Players of
 * HLS end where the picture does, so the last one is held until then.
 */
export function secondsToHold({ video, seconds }: MediaFacts): number {
  const missing = video ? seconds - video.endSeconds : 0
  return missing > unnoticedSeconds ? missing : 0
}

const mostPerSecond = 30
/** For recordings whose pace varies: the next of the usual rates. */
const usual = [15, 24, 25, 30]

/** Pictures per second of the encoded video, as ffmpeg writes fractions. A constant rate is kept, or halved until it is low enough. */
export function targetRate(video: VideoFacts): string {
  const constant = constantRate(video)
  if (!constant) return `${usual.find((rate) => rate >= video.frameRate - 0.5) ?? mostPerSecond}`
  const halvings = Math.max(0, Math.ceil(Math.log2(constant.rate / mostPerSecond)))
  return `${constant.above}/${constant.below * 2 ** halvings}`
}

/** Whether it may be shown as fast as it was recorded; a picture more in one second is no reason to encode. */
export function isSlowEnough(video: VideoFacts): boolean {
  return (constantRate(video)?.rate ?? video.frameRate - 1) <= mostPerSecond
}

/** The announced rate where the pictures that were counted bear it out. */
function constantRate({ constantRate: announced, frameRate }: VideoFacts) {
  const [above = 0, below = 1] = (announced ?? '').split('/').map(Number)
  const rate = above / below
  return rate >= 5 && Math.abs(rate - frameRate) <= rate / 10 ? { rate, above, below } : undefined
}
