import type { ProgramLimits } from '@cenopie/platform-programs'
import { TranscriptionError } from '../../domain/transcriber.ts'
import type { Span } from '../../domain/transcript.ts'
import { programFailed, run } from '../program/run.ts'
import { planChunks } from './chunks.ts'
import { readLevels } from './levels.ts'
import { withNamelessFile } from './nameless-file.ts'
import { byteAt, bytesPerSecond, sampleRate } from './pcm.ts'
import { voicedSpans } from './voice.ts'

/** A sound track, decoded. */
export interface Speech {
  /** Seconds, as decoded. */
  readonly seconds: number
  /** Where somebody may be speaking. */
  readonly voiced: readonly Span[]
  /** Chunks of at most so many seconds with all voice in them, cut in silence where there is some. */
  chunks(longest: number): Span[]
  /** One stretch of it: 16 kHz, one channel, signed 16-bit little-endian. */
  pcm(span: Span): Promise<Buffer>
}

export interface SpeechOptions {
  readonly maxSeconds: number
  readonly signal: AbortSignal
}

/** Containers of one file only: a playlist could name other files of this machine. */
const formats = 'wav,w64,flac,ogg,mp3,aac,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2'

/**
 * Decodes the first sound track of a local file with ffmpeg and lends it to `use`. The sound is kept in a file without
 * a name, so memory does not grow with its length (a level per 20 ms is all that is held).
 *
 * @throws TranscriptionError `too-long`, `audio-unreadable`, `program-missing` or `program-failed`
 */
export function withSpeech<T>(
  path: string,
  { maxSeconds, signal }: SpeechOptions,
  use: (speech: Speech) => Promise<T>,
): Promise<T> {
  return withNamelessFile(async (file) => {
    const ended = await run('ffmpeg', {
      args: [
        ...['-nostdin', '-v', 'error', '-threads', '1'],
        ...['-protocol_whitelist', 'file,pipe', '-format_whitelist', formats, '-i', `file:${path}`],
        ...['-map', '0:a:0', '-vn', '-sn', '-dn', '-t', String(maxSeconds + 1)],
        ...['-ac', '1', '-ar', String(sampleRate), '-f', 's16le', '-threads', '1', 'pipe:1'],
      ],
      limits: limitsFor(maxSeconds),
      signal,
      output: file,
    })
    if (ended.code === undefined) throw programFailed('ffmpeg', ended)
    const { size } = await file.stat()
    if (ended.code !== 0 || size === 0) {
      throw new TranscriptionError('audio-unreadable', 'The recording holds no sound that can be read.')
    }
    const seconds = size / bytesPerSecond
    if (seconds > maxSeconds) throw tooLong(maxSeconds)
    const levels = await readLevels(file.createReadStream({ start: 0, autoClose: false, signal }))
    const voiced = voicedSpans(levels)
    return await use({
      seconds,
      voiced,
      chunks: (longest) => planChunks(voiced, levels, seconds, longest),
      async pcm({ start, end }) {
        const from = byteAt(start)
        const block = Buffer.alloc(Math.min(byteAt(end), size) - from)
        const { bytesRead } = await file.read(block, 0, block.length, from)
        return block.subarray(0, bytesRead)
      },
    })
  })
}

export function tooLong(maxSeconds: number): TranscriptionError {
  return new TranscriptionError('too-long', `The recording is longer than ${maxSeconds} seconds.`)
}

/** ffmpeg decodes sound hundreds of times faster than it plays; a twentieth is patience for a slow machine. */
function limitsFor(maxSeconds: number): ProgramLimits {
  const cpuSeconds = 10 + maxSeconds / 20
  return {
    wallSeconds: cpuSeconds * 6,
    cpuSeconds,
    memoryBytes: 1024 ** 3,
    outputBytes: (maxSeconds + 2) * bytesPerSecond,
  }
}
