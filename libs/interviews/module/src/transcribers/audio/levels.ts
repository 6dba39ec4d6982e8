import { sampleRate } from './pcm.ts'

/** A frame holds two periods of a low voice (100 Hz), so its level does not swing with the pitch. */
export const frameSeconds = 0.02
const frameSamples = sampleRate * frameSeconds

/** Level of digital silence, dBFS; one step of 16 bits is -90. */
const silence = -100

/**
 * Levels of PCM in dBFS (0 is full scale), one RMS per frame of 20 ms; a last partial frame counts.
 * Blocks may end anywhere, also inside a sample.
 */
export async function readLevels(blocks: AsyncIterable<Buffer>): Promise<Float32Array> {
  let levels = new Float32Array(1024)
  let frames = 0
  let sum = 0
  let samples = 0
  let rest: Buffer = Buffer.alloc(0)

  function endFrame() {
    if (frames === levels.length) {
      const more = new Float32Array(levels.length * 2)
      more.set(levels)
      levels = more
    }
    levels[frames++] = sum === 0 ? silence : Math.max(silence, 10 * Math.log10(sum / samples))
    sum = 0
    samples = 0
  }

  for await (const block of blocks) {
    const data = rest.length > 0 ? Buffer.concat([rest, block]) : block
    const whole = data.length - (data.length % 2)
    for (let at = 0; at < whole; at += 2) {
      const value = data.readInt16LE(at) / 32_768
      sum += value * value
      if (++samples === frameSamples) endFrame()
    }
    rest = data.subarray(whole)
  }
  if (samples > 0) endFrame()
  return levels.subarray(0, frames)
}
