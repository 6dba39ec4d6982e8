import { VideoError } from './failure.ts'
import type { StreamHeader } from './header.ts'
import type { StreamCount } from './packets.ts'
import type { AudioFacts, VideoFacts } from './types.ts'

/** `began` is the time of the recording's first packet; throws `damaged` for a picture without size. */
export function videoFacts(
  stream: StreamHeader,
  { packets, start, end, longestGop }: StreamCount,
  began: number,
): VideoFacts {
  if (!stream.width || !stream.height) throw new VideoError('damaged')
  const pixelAspect = aspect(stream.sample_aspect_ratio)
  const rotation = clockwise(stream.side_data_list?.find((data) => data.rotation !== undefined)?.rotation)
  const wide = Math.max(1, Math.round(stream.width * pixelAspect))
  const [width, height] = rotation % 180 ? [stream.height, wide] : [wide, stream.height]
  const constant = stream.r_frame_rate === stream.avg_frame_rate ? stream.r_frame_rate : undefined
  return {
    stream: stream.index,
    codec: stream.codec_name ?? '',
    ...(stream.profile && { profile: stream.profile }),
    ...(stream.pix_fmt && { pixelFormat: stream.pix_fmt }),
    width,
    height,
    pixelAspect,
    rotation,
    frames: packets,
    endSeconds: end - began,
    frameRate: end > start ? packets / (end - start) : 0,
    ...(constant && !constant.startsWith('0') && { constantRate: constant }),
    longestGopSeconds: longestGop,
    interlaced: !['progressive', 'unknown', undefined].includes(stream.field_order),
    highDynamicRange: ['smpte2084', 'arib-std-b67'].includes(stream.color_transfer ?? ''),
  }
}

export function audioFacts(stream: StreamHeader, { end }: StreamCount, began: number): AudioFacts {
  return {
    stream: stream.index,
    codec: stream.codec_name ?? '',
    ...(stream.profile && { profile: stream.profile }),
    endSeconds: end - began,
    channels: stream.channels,
    sampleRate: stream.sample_rate,
  }
}

/** `16:11`; anything that no camera writes is taken for square, or a picture could be stretched to any size. */
function aspect(ratio: string | undefined): number {
  const [across = 0, down = 0] = (ratio ?? '').split(':').map(Number)
  const value = across / down
  return value >= 0.25 && value <= 4 ? value : 1
}

/** ffprobe gives the turn counter-clockwise, -180 to 180. */
function clockwise(rotation = 0): VideoFacts['rotation'] {
  return ((((Math.round(-rotation / 90) * 90) % 360) + 360) % 360) as VideoFacts['rotation']
}
