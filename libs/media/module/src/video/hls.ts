import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { segmentsAsItIs } from './fit-to-copy.ts'
import { fit, type Size } from './picture.ts'
import { checkPlaylist, mainPlaylist } from './playlists.ts'
import { encode, produce, type Step } from './step.ts'
import type { HlsFiles, MediaFacts } from './types.ts'

const segmentSeconds = 4
const smallLong = 640
const smallShort = 360
const main = 'main.m3u8'

interface Variant {
  readonly name: string
  readonly size?: Size
  readonly args: readonly string[]
}

export async function hls(step: Step, folder: string): Promise<HlsFiles> {
  const { facts } = step
  if (!segmentsAsItIs(facts)) throw new Error('hls reads what transcode wrote: its streams are copied')
  const made = variants(facts)
  return produce(
    folder,
    step,
    async (partial) => {
      await mkdir(partial, { recursive: true })
      const outputs = made.map(({ name, args }) => [...args, ...segments(name)])
      return encode(step, { outputs, writes: partial, folder: partial })
    },
    async (partial) => {
      await Promise.all(made.map(({ name }) => checkPlaylist(partial, `${name}.m3u8`, facts.seconds)))
      await writeFile(join(partial, main), await mainPlaylist(partial, made, facts))
      return {
        main,
        files: await listed(partial),
        variants: made.map(({ name, size }) => ({ name: `${name}.m3u8`, ...size })),
      }
    },
  )
}

/**
 * The size it has, copied; above 360 lines that size too, encoded several times faster than it plays on two cores. Both
 * have their key pictures at the same times, hence their cuts.
 */
function variants({ video, audio }: MediaFacts): Variant[] {
  const sound = audio ? ['-map', `0:${audio.stream}`, '-c:a', 'copy'] : []
  if (!video) return [{ name: 'audio', args: sound }]
  const picture = ['-map', `0:${video.stream}`]
  const own: Variant = {
    name: named(video),
    size: { width: video.width, height: video.height },
    args: [...picture, '-c:v', 'copy', ...sound],
  }
  const small = fit(video, smallLong, smallShort)
  if (named(small) === named(video)) return [own]
  return [own, { name: named(small), size: small, args: [...picture, ...encoded(small), ...sound] }]
}

const named = ({ width, height }: Size) => `${Math.min(width, height)}p`

function encoded({ width, height }: Size): string[] {
  return [
    ...['-vf', `scale=${width}:${height}`, '-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'main'],
    ...['-crf', '25', '-maxrate', '700k', '-bufsize', '1400k'],
    ...['-force_key_frames', 'source', '-g', '900', '-sc_threshold', '0', '-flags:v', '+cgop+bitexact'],
  ]
}

function segments(name: string): string[] {
  return [
    ...['-f', 'hls', '-hls_time', `${segmentSeconds}`, '-hls_list_size', '0', '-hls_playlist_type', 'vod'],
    ...['-hls_segment_type', 'fmp4', '-hls_flags', 'independent_segments'],
    ...['-hls_fmp4_init_filename', `${name}-init.mp4`, '-hls_segment_filename', `${name}-%04d.m4s`],
    `${name}.m3u8`,
  ]
}

const mediaTypes: Record<string, string> = {
  m3u8: 'application/vnd.apple.mpegurl',
  mp4: 'video/mp4',
  m4s: 'video/iso.segment',
}

/** Playlists after what they name, the main one last. */
async function listed(folder: string): Promise<HlsFiles['files']> {
  const rank = (name: string) => (name === main ? 2 : name.endsWith('.m3u8') ? 1 : 0)
  const names = (await readdir(folder)).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  return Promise.all(
    names.map(async (name) => {
      const { size } = await stat(join(folder, name))
      return { name, mediaType: mediaTypes[name.split('.').at(-1) ?? ''] ?? '', bytes: size }
    }),
  )
}
