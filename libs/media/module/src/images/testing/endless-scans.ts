import { sharp } from '../sharp.ts'

/**
 * A sound progressive JPEG of some 150 kB that keeps a decoder busy for about a second per two megapixels: it refines
 * each of the 63 coefficients in 14 scans, all of them empty (ITU T.81, G.1.2). A decoder runs through all scans at
 * one go.
 */
export async function endlessScans(width: number, height: number): Promise<Buffer> {
  const blank = sharp({ create: { width, height, channels: 3, background: 'grey' } }).toColourspace('b-w')
  const segments = segmentsOf(await blank.jpeg({ progressive: true }).toBuffer())
  const scans = segments.flatMap(({ marker }, at) => (marker === sos ? [at] : []))
  const head = segments.slice(0, scans[0]! + 1).map(({ bytes }) => bytes)
  // sharp's second scan begins coefficients, its fourth refines them; each stands behind its Huffman table.
  const [begin, refine] = [scans[1]!, scans[3]!]
  const scan = (at: number, coefficient: number, approximation: number) => {
    const bytes = Buffer.from(segments[at]!.bytes)
    bytes.set([coefficient, coefficient, approximation], 7)
    return bytes
  }
  const body: Buffer[] = []
  for (let coefficient = 1; coefficient <= 63; coefficient += 1) {
    body.push(segments[begin - 1]!.bytes, scan(begin, coefficient, 13), segments[refine - 1]!.bytes)
    for (let bit = 12; bit >= 0; bit -= 1) body.push(scan(refine, coefficient, ((bit + 1) << 4) | bit))
  }
  return Buffer.concat([...head, ...body, Buffer.of(0xff, 0xd9)])
}

const sos = 0xda

/** The file in its marker segments, a scan with the data that follows it. */
function segmentsOf(file: Buffer): { marker: number; bytes: Buffer }[] {
  const segments = [{ marker: 0xd8, bytes: file.subarray(0, 2) }]
  let at = 2
  while (file[at + 1] !== 0xd9) {
    const marker = file[at + 1]!
    let end = at + 2 + file.readUInt16BE(at + 2)
    if (marker === sos) while (file[end] !== 0xff || file[end + 1] === 0) end += 1
    segments.push({ marker, bytes: file.subarray(at, end) })
    at = end
  }
  return segments
}
