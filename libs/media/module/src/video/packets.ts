import { VideoError } from './failure.ts'
import { probed, type Reading } from './header.ts'
import type { ContentLimits } from './limits.ts'
import { run } from './run.ts'

/** What the packets of one stream add up to. Times are seconds. */
export interface StreamCount {
  packets: number
  /** Of the first and last packet shown; `end` is past its duration. */
  start: number
  end: number
  /** The longest stretch from one key packet to the next, or to the end. */
  longestGop: number
}

export interface PacketCounts {
  readonly byStream: ReadonlyMap<number, StreamCount>
  /** Time of the first packet of any of the streams. */
  readonly start: number
  /** From `start` to the end of the last packet. */
  readonly seconds: number
  /** Whether the header points behind the end of the file. */
  readonly cut: boolean
}

/**
 * Reads every packet of the streams without decoding, in constant memory: a recording of a browser has no duration in
 * its header, and a hostile header says anything. Stops reading and rejects as soon as a limit is passed.
 */
export async function countPackets(
  reading: Reading,
  streams: { readonly video?: number | undefined; readonly audio?: number | undefined },
  content: ContentLimits,
): Promise<PacketCounts> {
  const counts = new Map<number, StreamCount & { lastKey: number }>()
  let start = Infinity
  let end = -Infinity
  const mostFrames = Math.ceil(content.maxSeconds * content.maxFrameRate)

  const count = (line: string) => {
    const [index, pts, dts, length, flags = ''] = line.split(',')
    const stream = Number(index)
    if (stream !== streams.video && stream !== streams.audio) return
    const found = counts.get(stream) ?? none()
    counts.set(stream, found)
    // A packet that an edit list cuts away is decoded and never shown.
    if (flags.includes('D')) return
    const at = finite(pts) ?? finite(dts) ?? (found.packets ? found.end : 0)
    const ends = at + Math.max(0, finite(length) ?? 0)
    found.packets += 1
    found.start = Math.min(found.start, at)
    found.end = Math.max(found.end, ends)
    if (flags.startsWith('K')) {
      if (found.lastKey > -Infinity) found.longestGop = Math.max(found.longestGop, at - found.lastKey)
      found.lastKey = at
    }
    start = Math.min(start, at)
    end = Math.max(end, ends)
    if (end - start > content.maxSeconds) throw new VideoError('too-long')
    if (stream === streams.video && found.packets > mostFrames) throw new VideoError('too-many-frames')
  }

  const log = await run(reading.programs, {
    program: 'ffprobe',
    args: [...shown, ...probed(reading)],
    wallSeconds: reading.limits.probeSeconds,
    limits: reading.limits,
    signal: reading.signal,
    read: lines(count),
  })
  for (const found of counts.values()) {
    if (found.lastKey > -Infinity) found.longestGop = Math.max(found.longestGop, found.end - found.lastKey)
  }
  return { byStream: counts, start, seconds: Math.max(0, end - start) || 0, cut: /partial file/.test(log) }
}

const shown = ['-show_entries', 'packet=stream_index,pts_time,dts_time,duration_time,flags', '-of', 'csv=p=0']

function none() {
  return { packets: 0, start: Infinity, end: -Infinity, longestGop: 0, lastKey: -Infinity }
}

function finite(text: string | undefined): number | undefined {
  const value = Number(text)
  return text && Number.isFinite(value) ? value : undefined
}

/** Calls `take` with each whole line; a line that never ends is dropped. */
export function lines(take: (line: string) => void): (chunk: Buffer) => void {
  let rest = ''
  return (chunk) => {
    const parts = (rest + chunk.toString('latin1')).split('\n')
    rest = (parts.pop() ?? '').slice(0, 4096)
    for (const line of parts) take(line)
  }
}
