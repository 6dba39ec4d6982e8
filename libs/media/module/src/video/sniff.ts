import type { Container, ContainerName } from './types.ts'

/** As many bytes of a file's beginning let `sniffVideo` decide. */
export const sniffedBytes = 4096

const containers = {
  webm: ['matroska', 'webm', 'webm'],
  matroska: ['matroska', 'x-matroska', 'x-matroska'],
  mp4: ['mov', 'mp4', 'mp4'],
  mov: ['mov', 'quicktime', 'mp4'],
  ogg: ['ogg', 'ogg', 'ogg'],
  wav: ['wav', 'wav', 'wav'],
  mp3: ['mp3', 'mpeg', 'mpeg'],
  flac: ['flac', 'flac', 'flac'],
  aac: ['aac', 'aac', 'aac'],
} as const satisfies Record<ContainerName, readonly [Container['demuxer'], string, string]>

/** The container that the first bytes of a file announce; undefined when it is none that is accepted. */
export function sniffVideo(head: Uint8Array): Container | undefined {
  const name = containerName(Buffer.from(head.buffer, head.byteOffset, head.byteLength))
  return name && containerOf(name)
}

export function containerOf(name: ContainerName): Container {
  const [demuxer, video, audio] = containers[name]
  return { name, demuxer, videoType: `video/${video}`, audioType: `audio/${audio}` }
}

/** What a file is that is known but not accepted, for the sentence of the refusal. */
export function foreignContainer(head: Uint8Array): string | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength)
  return foreign.find(([, at, magic]) => bytes.subarray(at, at + magic.length).equals(magic))?.[0]
}

const foreign: readonly (readonly [name: string, at: number, magic: Buffer])[] = [
  ['AVI', 8, Buffer.from('AVI ')],
  ['Windows Media', 0, Buffer.from('3026b2758e66cf11', 'hex')],
  ['Flash Video', 0, Buffer.from('FLV\x01')],
  ['MPEG', 0, Buffer.from('000001ba', 'hex')],
  ['RealMedia', 0, Buffer.from('.RMF')],
  ['AIFF', 8, Buffer.from('AIFF')],
  ['AMR', 0, Buffer.from('#!AMR')],
  ['Core Audio', 0, Buffer.from('caff')],
]

function containerName(head: Buffer): ContainerName | undefined {
  if (head.length < 12) return undefined
  if (head.readUInt32BE(0) === 0x1a45dfa3) return matroska(head)
  const tag = head.toString('latin1', 0, 4)
  if (tag === 'OggS') return 'ogg'
  if (tag === 'fLaC') return 'flac'
  if (tag === 'RIFF') return head.toString('latin1', 8, 12) === 'WAVE' ? 'wav' : undefined
  if (tag.startsWith('ID3')) return afterId3(head)
  return isoMedia(head) ?? elementary(head)
}

/** RFC 8794: the EBML header names the document type in element 0x4282. */
function matroska(head: Buffer): ContainerName | undefined {
  const at = head.subarray(0, 128).indexOf(Buffer.from('4282', 'hex'), 4)
  const length = at < 0 ? 0 : (head[at + 2] ?? 0) & 0x7f
  const type = head.toString('latin1', at + 3, at + 3 + length).replace(/\0+$/, '')
  return type === 'webm' || type === 'matroska' ? type : undefined
}

/** Still and moving pictures of the HEIF family share the container and are not video. */
const pictureBrand = /^(avi[fs]|hei[cxms]|hev[cxms]|mif1|msf1|jpeg)$/

/** ISO/IEC 14496-12 opens with `ftyp`; QuickTime before it opened with any of its boxes. */
function isoMedia(head: Buffer): ContainerName | undefined {
  const box = head.toString('latin1', 4, 8)
  if (box === 'ftyp') {
    const brand = head.toString('latin1', 8, 12)
    if (pictureBrand.test(brand)) return undefined
    return brand === 'qt  ' ? 'mov' : 'mp4'
  }
  return ['moov', 'mdat', 'wide', 'pnot'].includes(box) ? 'mov' : undefined
}

/** The tag's length is written in four times seven bits; what follows it is MP3 unless it says otherwise. */
function afterId3(head: Buffer): ContainerName {
  const length = head.subarray(6, 10).reduce((sum, byte) => (sum << 7) | (byte & 0x7f), 0)
  const rest = head.subarray(10 + length)
  if (rest.toString('latin1', 0, 4) === 'fLaC') return 'flac'
  return (rest.length >= 12 && elementary(rest)) || 'mp3'
}

/** Streams without container: a frame header, and another one where the first says that its frame ends. */
function elementary(head: Buffer): 'mp3' | 'aac' | undefined {
  for (const [name, frameLength] of [
    ['aac', adtsLength],
    ['mp3', mpegLength],
  ] as const) {
    const first = frameLength(head)
    if (first && (head.length < first + 8 || frameLength(head.subarray(first)))) return name
  }
  return undefined
}

/** ISO/IEC 13818-7 ADTS: 12 bits of sync, layer 0, 13 bits of length. */
function adtsLength(frame: Buffer): number {
  if ((frame.readUInt16BE(0) & 0xfff6) !== 0xfff0) return 0
  const length = (frame.readUInt32BE(3) >> 13) & 0x1fff
  return length > 7 ? length : 0
}

const kilobits = {
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
}

/** ISO/IEC 11172-3 layer III, and its half and quarter rates (MPEG-2, 2.5). */
function mpegLength(frame: Buffer): number {
  const header = frame.readUInt32BE(0)
  const version = (header >>> 19) & 3
  if (header >>> 21 !== 0x7ff || version === 1 || ((header >>> 17) & 3) !== 1) return 0
  const rate = [44_100, 48_000, 32_000][(header >>> 10) & 3]
  const bits = kilobits[version === 3 ? 1 : 2][(header >>> 12) & 15]
  if (!rate || !bits) return 0
  const divided = { 3: 1, 2: 2, 0: 4 }[version as 0 | 2 | 3]
  return Math.floor(((version === 3 ? 144 : 72) * bits * 1000) / (rate / divided)) + ((header >>> 9) & 1)
}
