import { expect, test } from 'vitest'
import { sharp } from './sharp.ts'
import { plain } from './testing/pictures.ts'

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'

test('decoders of what is not accepted are shut, whoever lets such a file through', async () => {
  await expect(sharp(Buffer.from(svg)).metadata()).rejects.toThrow('unsupported image format')
  const tiff = await plain('teal').tiff().toBuffer()
  await expect(sharp(tiff).metadata()).rejects.toThrow('unsupported image format')
})
