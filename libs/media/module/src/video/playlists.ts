import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { topBoxes } from './boxes.ts'
import { VideoError } from './failure.ts'
import type { Size } from './picture.ts'
import type { MediaFacts } from './types.ts'

interface Playlist {
  readonly start: string
  readonly segments: readonly { readonly name: string; readonly seconds: number }[]
  readonly ended: boolean
}

/** What ffmpeg wrote as a media playlist of RFC 8216. */
async function readPlaylist(folder: string, name: string): Promise<Playlist> {
  const text = await readFile(join(folder, name), 'utf8').catch(() => '')
  const segments = text.matchAll(/^#EXTINF:([\d.]+),.*\n([^#\n]+)$/gm)
  return {
    start: /^#EXT-X-MAP:URI="([^"]+)"/m.exec(text)?.[1] ?? '',
    segments: Array.from(segments, ([, seconds, file = '']) => ({ name: file, seconds: Number(seconds) })),
    ended: /^#EXT-X-ENDLIST$/m.test(text),
  }
}

/** A name beside the playlist: no address, no other folder. */
const relativeName = /^[\w-]+\.(mp4|m4s)$/

/** Rejects with `incomplete-output` unless the playlist ends, lasts as long as the recording, and all it names is there and whole. */
export async function checkPlaylist(folder: string, playlist: string, seconds: number): Promise<void> {
  const { start, segments, ended } = await readPlaylist(folder, playlist)
  const lasts = segments.reduce((sum, segment) => sum + segment.seconds, 0)
  if (!ended || seconds - lasts > Math.max(1, seconds / 20)) throw new VideoError('incomplete-output')
  for (const name of [start, ...segments.map((segment) => segment.name)]) {
    const boxes = relativeName.test(name)
      ? await topBoxes(join(folder, name)).catch(() => undefined)
      : undefined
    if (!boxes?.includes(name === start ? 'moov' : 'mdat')) throw new VideoError('incomplete-output')
  }
}

/** The playlist over all variants, smallest last: a player begins with the first and steps down. */
export async function mainPlaylist(
  folder: string,
  variants: readonly { readonly name: string; readonly size?: Size }[],
  { video, audio }: MediaFacts,
): Promise<string> {
  const entries = await Promise.all(
    variants.map(async ({ name, size }) => {
      const { start, segments } = await readPlaylist(folder, `${name}.m3u8`)
      const codecs = [...(video ? [await avc(join(folder, start))] : []), ...(audio ? ['mp4a.40.2'] : [])]
      return [
        `#EXT-X-STREAM-INF:BANDWIDTH=${await peakBitsPerSecond(folder, segments)}`,
        ...(size ? [`RESOLUTION=${size.width}x${size.height}`] : []),
        `CODECS="${codecs.join(',')}"\n${name}.m3u8\n`,
      ].join(',')
    }),
  )
  return ['#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n', ...entries].join('')
}

/** RFC 6381: profile, constraints and level in hexadecimal, as the decoder's configuration holds them. */
async function avc(start: string): Promise<string> {
  const bytes = await readFile(start)
  const at = bytes.indexOf('avcC')
  if (at < 0) throw new VideoError('incomplete-output')
  return `avc1.${bytes.toString('hex', at + 5, at + 8)}`
}

async function peakBitsPerSecond(folder: string, segments: Playlist['segments']): Promise<number> {
  const rates = await Promise.all(
    segments.map(async ({ name, seconds }) => ((await stat(join(folder, name))).size * 8) / (seconds || 1)),
  )
  return Math.ceil(Math.max(...rates))
}
