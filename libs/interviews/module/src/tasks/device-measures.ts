import { Readable } from 'node:stream'
import type { SoundMeasures } from '../domain/device-check.ts'
import { readLevels } from '../transcribers/audio/levels.ts'
import { withNamelessFile } from '../transcribers/audio/nameless-file.ts'
import { byteAt } from '../transcribers/audio/pcm.ts'
import { withSpeech, type SpeechOptions } from '../transcribers/audio/speech.ts'
import { programFailed, run } from '../transcribers/program/run.ts'

const fullScale = 32_768
/** Where clipped samples end up after lossy coding: the upper twentieth of the scale. */
const top = 0.95 * fullScale
/** Level of digital silence, dBFS. */
const nothing = -100

/** Measures the sound of a short recording; all of it is held in memory. Rejects as `withSpeech` does. */
export function measureSound(path: string, options: SpeechOptions): Promise<SoundMeasures> {
  return withSpeech(path, options, async ({ seconds, voiced, pcm }) => {
    const all = await pcm({ start: 0, end: seconds })
    const spoken = Buffer.concat(voiced.map(({ start, end }) => all.subarray(byteAt(start), byteAt(end))))
    let [peak, clipped] = [0, 0]
    for (let at = 0; at + 1 < all.length; at += 2) {
      const height = Math.abs(all.readInt16LE(at))
      peak = Math.max(peak, height)
      if (height >= top) clipped += 1
    }
    return {
      peakDbfs: peak === 0 ? nothing : 20 * Math.log10(peak / fullScale),
      meanDbfs: await meanLevel(spoken.length > 0 ? spoken : all),
      voiceSeconds: voiced.reduce((sum, { start, end }) => sum + end - start, 0),
      clippedShare: clipped / (all.length / 2),
    }
  })
}

/** RMS over the whole, from its frames' levels. */
async function meanLevel(pcm: Buffer): Promise<number> {
  const levels = await readLevels(Readable.from([pcm]))
  const power = levels.reduce((sum, level) => sum + 10 ** (level / 10), 0) / levels.length
  return Math.max(nothing, 10 * Math.log10(power))
}

/** Pixels that a picture is shrunk to before its brightness is taken. */
const side = 16

/** Mean brightness of a still picture, 0 black to 255 white; undefined when it cannot be read. */
export function brightness(path: string, signal: AbortSignal): Promise<number | undefined> {
  return withNamelessFile(async (output) => {
    const ended = await run('ffmpeg', {
      args: [
        ...['-nostdin', '-v', 'error', '-threads', '1', '-protocol_whitelist', 'file,pipe'],
        ...['-f', 'image2', '-pattern_type', 'none', '-i', `file:${path}`, '-frames:v', '1'],
        ...['-vf', `scale=${side}:${side}:flags=area,format=gray`, '-f', 'rawvideo', 'pipe:1'],
      ],
      limits: { wallSeconds: 60, cpuSeconds: 10, memoryBytes: 1024 ** 3, outputBytes: 1024 ** 2 },
      signal,
      output,
    })
    if (ended.code === undefined) throw programFailed('ffmpeg', ended)
    const pixels = Buffer.alloc(side * side)
    const { bytesRead } = await output.read(pixels, 0, pixels.length, 0)
    if (ended.code !== 0 || bytesRead < pixels.length) return undefined
    return pixels.reduce((sum, pixel) => sum + pixel, 0) / pixels.length
  })
}
