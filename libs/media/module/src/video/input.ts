import { resolve } from 'node:path'
import type { EffortLimits } from './limits.ts'
import type { Container } from './types.ts'

/** What browsers and phones record. Other decoders are never opened. */
export const videoCodecs = ['h264', 'hevc', 'vp8', 'vp9', 'av1', 'mpeg4'] as const
export const audioCodecs = [
  ...['aac', 'mp3', 'opus', 'vorbis', 'flac', 'alac'],
  ...['pcm_u8', 'pcm_s16le', 'pcm_s16be', 'pcm_s24le', 'pcm_s24be', 'pcm_s32le', 'pcm_s32be'],
  ...['pcm_f32le', 'pcm_f32be', 'pcm_alaw', 'pcm_mulaw'],
] as const

/** Of tracks that are never used: a cover, chapter names, subtitles. ffprobe gives up on a file when one cannot be opened. */
const besides = ['mjpeg', 'png', 'mov_text', 'webvtt', 'subrip', 'ass', 'text', 'cc_dec']

const decoders = [
  ...[...videoCodecs, ...audioCodecs, ...besides],
  // Those whose name is not that of the codec.
  ...['libdav1d', 'libaom-av1', 'mp3float', 'libopus', 'libvorbis'],
]

/** Beyond this nothing is opened; how many are allowed is decided when they are counted. */
const mostStreams = 64

/**
 * The arguments that open an untrusted file as the container its first bytes say, and as nothing else. Without them
 * ffmpeg guesses, and a playlist, a concatenation or an image sequence opens whatever files and addresses it names.
 */
export function untrustedInput(
  path: string,
  { demuxer }: Container,
  { threads, maxPixels }: EffortLimits,
): string[] {
  return [
    ...['-protocol_whitelist', 'file,pipe', '-format_whitelist', demuxer],
    ...['-codec_whitelist', decoders.join(','), '-max_streams', `${mostStreams}`],
    ...['-max_pixels', `${maxPixels}`, '-threads', `${threads}`],
    ...['-f', demuxer, '-i', `file:${resolve(path)}`],
  ]
}
