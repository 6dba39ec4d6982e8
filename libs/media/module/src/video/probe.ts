import { open } from 'node:fs/promises'
import { VideoError } from './failure.ts'
import { readHeader, type Header, type StreamHeader } from './header.ts'
import { audioCodecs, videoCodecs } from './input.ts'
import { contentLimits, type ContentLimits, type EffortLimits } from './limits.ts'
import { countPackets, type PacketCounts } from './packets.ts'
import type { Programs } from './programs.ts'
import { foreignContainer, sniffedBytes, sniffVideo } from './sniff.ts'
import { audioFacts, videoFacts } from './stream-facts.ts'
import type { Container, MediaFacts } from './types.ts'

export async function probe(
  programs: Programs,
  path: string,
  given: Partial<ContentLimits>,
  { limits, signal }: { readonly limits: EffortLimits; readonly signal?: AbortSignal | undefined },
): Promise<MediaFacts> {
  const content = contentLimits.parse(given)
  const { head, bytes } = await readHead(path)
  const container = accepted(head)
  const { maxPixels } = content
  const reading = { programs, path, container, limits: { ...limits, maxPixels }, signal }
  const header = await readHeader(reading)
  const chosen = choose(header, content)
  const counts = await countPackets(
    reading,
    { video: chosen.video?.index, audio: chosen.audio?.index },
    content,
  )
  if (counts.cut || endsEarly(container, header, chosen, counts)) throw new VideoError('truncated')
  const facts = factsOf(container, bytes, header, chosen, counts)
  refuse(facts, content)
  return facts
}

async function readHead(path: string): Promise<{ head: Buffer; bytes: number }> {
  await using file = await open(path)
  const { size } = await file.stat()
  const { buffer, bytesRead } = await file.read(Buffer.alloc(sniffedBytes), 0, sniffedBytes, 0)
  return { head: buffer.subarray(0, bytesRead), bytes: size }
}

function accepted(head: Buffer): Container {
  if (head.length === 0) throw new VideoError('empty')
  const container = sniffVideo(head)
  if (container) return container
  const name = foreignContainer(head)
  if (!name) throw new VideoError('not-media')
  throw new VideoError('unsupported-container', {
    message: `${name} files are not supported. MP4 and WebM are.`,
  })
}

interface Chosen {
  readonly video?: StreamHeader | undefined
  readonly audio?: StreamHeader | undefined
}

/** The first picture that is not the cover of an album, and the first sound. */
function choose({ streams, format }: Header, content: ContentLimits): Chosen {
  if (streams.length > content.maxStreams) throw new VideoError('too-many-streams')
  const video = streams.find((one) => one.codec_type === 'video' && !one.disposition?.attached_pic)
  const audio = streams.find((one) => one.codec_type === 'audio')
  if (!video && !audio) throw new VideoError('no-frames')
  for (const [stream, codecs] of [
    [video, videoCodecs],
    [audio, audioCodecs],
  ] as const) {
    if (stream && !(codecs as readonly string[]).includes(stream.codec_name ?? '')) {
      throw new VideoError('unsupported-codec')
    }
  }
  if (video && video.width * video.height > content.maxPixels) throw new VideoError('too-many-pixels')
  const announced = Math.max(0, ...[format, video, audio].map((part) => part?.duration ?? 0))
  if (announced > content.maxSeconds) throw new VideoError('too-long')
  return { video, audio }
}

/** Streams without container say nothing of their length; ffprobe guesses it from the size. */
const lengthGuessed: readonly string[] = ['mp3', 'aac']

/** A header that promises more than a twentieth (and a second) beyond what is there belongs to a longer file. */
function endsEarly({ name }: Container, { format }: Header, chosen: Chosen, { seconds }: PacketCounts) {
  if (lengthGuessed.includes(name)) return false
  const own = [chosen.video, chosen.audio].map((stream) => stream?.duration ?? 0)
  const promised = Math.max(...own) || (format.duration ?? 0)
  return promised - seconds > Math.max(1, promised / 20)
}

function factsOf(
  container: Container,
  bytes: number,
  { streams }: Header,
  { video, audio }: Chosen,
  { byStream, start, seconds }: PacketCounts,
): MediaFacts {
  const pictures = video && byStream.get(video.index)
  const sound = audio && byStream.get(audio.index)
  const shown = video && pictures?.packets ? videoFacts(video, pictures, start) : undefined
  return {
    container: container.name,
    mediaType: shown ? container.videoType : container.audioType,
    bytes,
    seconds,
    streams: streams.length,
    ...(shown && { video: shown }),
    ...(audio && sound?.packets && { audio: audioFacts(audio, sound, start) }),
  }
}

function refuse({ video, audio }: MediaFacts, content: ContentLimits): void {
  if (!video && !audio) throw new VideoError('no-frames')
  if (content.needsAudio && !audio) throw new VideoError('no-audio')
  if (content.needsVideo && !video) throw new VideoError('no-video')
  // Two pictures a millisecond apart are no thousand a second: less than one second's worth is let through.
  if (video && video.frameRate > content.maxFrameRate && video.frames > content.maxFrameRate) {
    throw new VideoError('too-many-frames')
  }
}
