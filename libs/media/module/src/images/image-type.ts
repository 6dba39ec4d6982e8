/** What is accepted. Everything is re-encoded, so the list says what can be read, not what is served. */
export const imageTypes = ['jpeg', 'png', 'webp', 'avif', 'gif'] as const
export type ImageType = (typeof imageTypes)[number]

/** Bytes that {@link sniffImage} and {@link nameOf} want to see; fewer when the file is shorter. */
export const headBytes = 512

type Test = (head: Buffer) => boolean

const starts =
  (...bytes: (string | number)[]): Test =>
  (head) =>
    head.indexOf(
      Buffer.concat(bytes.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.of(part)))),
    ) === 0

const holds =
  (offset: number, text: string): Test =>
  (head) =>
    head.toString('latin1', offset, offset + text.length) === text

const text =
  (pattern: RegExp): Test =>
  (head) =>
    pattern.test(
      head
        .toString('utf8')
        .replace(/^\uFEFF/, '')
        .trimStart(),
    )

const box = holds(4, 'ftyp')

const accepted: Record<ImageType, Test> = {
  jpeg: starts(0xff, 0xd8, 0xff),
  png: starts(0x89, 'PNG\r\n', 0x1a, '\n'),
  webp: (head) => holds(0, 'RIFF')(head) && holds(8, 'WEBP')(head),
  avif: (head) => box(head) && brands(head).some((brand) => brand === 'avif' || brand === 'avis'),
  gif: (head) => starts('GIF87a')(head) || starts('GIF89a')(head),
}

/** Names for what people send most often by mistake; the first that fits. */
const others: readonly [name: string, test: Test][] = [
  ['an SVG drawing', text(/^(<\?xml[^>]*>\s*)?(<!--[^]*?-->\s*)*(<!doctype svg[^>]*>\s*)?<svg\b/i)],
  ['a web page', text(/^(<!--[^]*?-->\s*)*<(!doctype html|html|head|body|script)\b/i)],
  ['a PDF', text(/^%PDF-/)],
  ['a ZIP archive or office document', starts('PK')],
  [
    'a HEIC picture',
    (head) => box(head) && brands(head).some((brand) => /^(hei[cxms]|hev[cx]|mif1|msf1)$/.test(brand)),
  ],
  ['a video', (head) => box(head) || starts(0x1a, 0x45, 0xdf, 0xa3)(head)],
  ['a TIFF or camera raw picture', (head) => starts('II*', 0)(head) || starts('MM', 0, '*')(head)],
  ['a BMP picture', starts('BM')],
  ['a JPEG XL picture', (head) => starts(0xff, 0x0a)(head) || holds(4, 'JXL ')(head)],
]

/** The type that a file's first {@link headBytes} bytes declare, whatever it is called; undefined if it is none of ours. */
export function sniffImage(head: Buffer): ImageType | undefined {
  return imageTypes.find((type) => accepted[type](head))
}

/** What a file that is no accepted image appears to be, for people: `a PDF`. */
export function nameOf(head: Buffer): string | undefined {
  return others.find(([, test]) => test(head))?.[0]
}

export function mediaTypeOf(format: ImageType): string {
  return `image/${format}`
}

/** ISO 14496-12, 4.3: the major brand, a version, then the compatible ones, up to the length of the box. */
function brands(head: Buffer): string[] {
  if (head.length < 16) return []
  const end = Math.min(head.readUInt32BE(0), head.length)
  const found = [head.toString('latin1', 8, 12)]
  for (let at = 16; at + 4 <= end; at += 4) found.push(head.toString('latin1', at, at + 4))
  return found
}
