import { z } from 'zod'
import { VideoError } from './failure.ts'
import { untrustedInput } from './input.ts'
import type { EffortLimits } from './limits.ts'
import type { Programs } from './programs.ts'
import { run } from './run.ts'
import type { Container } from './types.ts'

/** ffprobe writes many numbers as strings, and `N/A` or nothing for what it does not know. */
const seconds = z.coerce.number().positive().optional().catch(undefined)
const count = z.coerce.number().int().nonnegative().catch(0)
const word = z.string().optional().catch(undefined)

const streamHeader = z.object({
  index: z.int().nonnegative(),
  codec_type: word,
  codec_name: word,
  profile: word,
  pix_fmt: word,
  width: count,
  height: count,
  sample_aspect_ratio: word,
  field_order: word,
  color_transfer: word,
  r_frame_rate: word,
  avg_frame_rate: word,
  channels: count,
  sample_rate: count,
  duration: seconds,
  disposition: z.object({ attached_pic: count }).optional(),
  side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
})
export type StreamHeader = z.output<typeof streamHeader>

const header = z.object({
  streams: z.array(streamHeader).default([]),
  format: z.object({ duration: seconds }).default({ duration: undefined }),
})
export type Header = z.output<typeof header>

/** Fields that are asked for by name, so that no tag (a place, a person) ever leaves the tool. */
const fields = [
  'stream=index,codec_type,codec_name,profile,pix_fmt,width,height,sample_aspect_ratio,field_order',
  'color_transfer,r_frame_rate,avg_frame_rate,channels,sample_rate,duration',
].join(',')
const entries = `${fields}:stream_disposition=attached_pic:stream_side_data=rotation:format=duration`

/** Far more than the fields of 64 streams need. */
const mostCharacters = 256 * 1024

export interface Reading {
  readonly programs: Programs
  readonly path: string
  readonly container: Container
  readonly limits: EffortLimits
  readonly signal?: AbortSignal | undefined
}

/** What the container's header and the first packets announce; nothing of it is believed beyond refusing. */
export async function readHeader(reading: Reading): Promise<Header> {
  let json = ''
  await run(reading.programs, {
    program: 'ffprobe',
    args: ['-show_entries', entries, '-of', 'json=compact=1', ...probed(reading)],
    wallSeconds: reading.limits.probeSeconds,
    limits: reading.limits,
    signal: reading.signal,
    read: (chunk) => {
      if (json.length < mostCharacters) json += chunk.toString('latin1')
    },
  })
  return parsed(json)
}

function parsed(json: string): Header {
  try {
    return header.parse(JSON.parse(json))
  } catch (cause) {
    throw new VideoError('damaged', { cause })
  }
}

export function probed({ path, container, limits }: Reading): string[] {
  return untrustedInput(path, container, limits)
}
