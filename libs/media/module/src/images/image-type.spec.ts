import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { imageTypes, nameOf, sniffImage } from './image-type.ts'
import { plain } from './testing/pictures.ts'

describe('the type of a file', () => {
  test.each(imageTypes)('%s is known by its first bytes', async (type) => {
    const file = await plain('teal')[type]().toBuffer()
    expect(sniffImage(file.subarray(0, 512))).toBe(type)
  })

  test.each<[name: string, head: string | Buffer]>([
    ['an SVG drawing', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['an SVG drawing', '\uFEFF <?xml version="1.0"?>\n<!-- drawn by hand -->\n<svg viewBox="0 0 1 1"/>'],
    ['a web page', '<!doctype html><script>alert(1)</script>'],
    ['a web page', '  <HTML><body>'],
    ['a PDF', '%PDF-1.7\n'],
    ['a ZIP archive or office document', Buffer.concat([Buffer.from('PK\x03\x04'), deflateRawSync('x')])],
    ['a HEIC picture', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')],
    ['a video', Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp41', 'latin1')],
    ['a TIFF or camera raw picture', Buffer.from('II*\0\b\0\0\0', 'latin1')],
    ['a BMP picture', 'BM'],
  ])('%s is none of ours', (name, head) => {
    expect(sniffImage(Buffer.from(head))).toBeUndefined()
    expect(nameOf(Buffer.from(head))).toBe(name)
  })

  test.each(['', 'x', 'RIFF\0\0\0\0WAVE', '\0\0\0\x10ftyp', 'just a letter'])('%j is nothing', (head) => {
    expect(sniffImage(Buffer.from(head, 'latin1'))).toBeUndefined()
  })
})
