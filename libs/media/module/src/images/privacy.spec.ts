import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { imagePlans, type ImagePurpose } from './index.ts'
import { sharp } from './sharp.ts'
import { made, photograph } from './testing/pictures.ts'

const purposes = Object.keys(imagePlans) as ImagePurpose[]
const place = {
  GPSLatitudeRef: 'N',
  GPSLatitude: '52/1 31/1 12/1',
  GPSLongitudeRef: 'E',
  GPSLongitude: '13/1 24/1 18/1',
}
const xmp =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="52,31.2N"/></rdf:RDF></x:xmpmeta>'
const revealing = () =>
  photograph(700, 500)
    .withExif({ IFD0: { Make: 'Camera of Ada', Artist: 'Ada Lovelace' }, IFD3: place })
    .withXmp(xmp)

describe('where and by whom a picture was taken', () => {
  test.each(['jpeg', 'png', 'webp', 'avif'] as const)('is in no variant of a %s', async (type) => {
    const original = await revealing()[type]().toBuffer()
    const { exif, xmp } = await sharp(original).metadata()
    expect(exif?.includes('Ada Lovelace')).toBe(true)
    expect(xmp?.includes('GPSLatitude')).toBe(true)
    for (const purpose of purposes) {
      for (const { bytes } of (await made(original, imagePlans[purpose])).files.values()) {
        const { exif, xmp, iptc, icc, comments } = await sharp(bytes).metadata()
        expect({ exif, xmp, iptc, icc, comments }).toEqual({})
        for (const trace of ['Lovelace', 'GPSLatitude', 'xmpmeta']) expect(bytes.includes(trace)).toBe(false)
      }
    }
  })
})

describe('a file that is two things at once', () => {
  const page = '<!doctype html><script>alert(document.domain)</script>'
  const archive = Buffer.concat([Buffer.from('PK\x03\x04'), deflateRawSync(page), Buffer.from('PK\x05\x06')])
  test.each(['jpeg', 'png', 'webp', 'gif'] as const)(
    '%s and ZIP and HTML: only the picture is served',
    async (type) => {
      const picture = await photograph(240, 160)[type]().toBuffer()
      const { files } = await made(
        Buffer.concat([picture, archive, Buffer.from(page)]),
        imagePlans['post-image'],
      )
      expect(files.size).toBe(3)
      for (const [name, { bytes, variant }] of files) {
        expect({ name, ends: endOf[variant.format](bytes) }).toEqual({ name, ends: bytes.length })
        for (const trace of [archive.subarray(0, 12), 'document.domain'])
          expect(bytes.includes(trace)).toBe(false)
      }
    },
  )
})

/** Where each format itself says that it ends. */
const endOf = {
  jpeg: (bytes: Buffer) => bytes.indexOf(Buffer.of(0xff, 0xd9)) + 2,
  png: (bytes: Buffer) => bytes.indexOf('IEND') + 8,
  webp: (bytes: Buffer) => bytes.readUInt32LE(4) + 8,
  avif(bytes: Buffer) {
    let at = 0
    while (at < bytes.length) at += bytes.readUInt32BE(at)
    return at
  },
}
