/** The one form that speech is read in: 16 kHz, one channel, signed 16-bit little-endian, no header. */
export const sampleRate = 16_000
export const bytesPerSecond = sampleRate * 2

/** Seconds to a byte offset that begins a sample. */
export function byteAt(seconds: number): number {
  return Math.round(seconds * sampleRate) * 2
}

/**
 * Puts the 44 bytes of a RIFF/WAVE header before PCM in the form above.
 * Source: Microsoft/IBM "Multimedia Programming Interface and Data Specifications 1.0", chapter 3.
 */
export function wav(pcm: Uint8Array): Uint8Array<ArrayBuffer> {
  const file = Buffer.alloc(44 + pcm.length)
  file.write('RIFF', 0, 'latin1')
  file.writeUInt32LE(36 + pcm.length, 4)
  file.write('WAVEfmt ', 8, 'latin1')
  file.writeUInt32LE(16, 16) // length of this chunk
  file.writeUInt16LE(1, 20) // PCM
  file.writeUInt16LE(1, 22) // channels
  file.writeUInt32LE(sampleRate, 24)
  file.writeUInt32LE(bytesPerSecond, 28)
  file.writeUInt16LE(2, 32) // bytes per frame
  file.writeUInt16LE(16, 34) // bits per sample
  file.write('data', 36, 'latin1')
  file.writeUInt32LE(pcm.length, 40)
  file.set(pcm, 44)
  return file
}
