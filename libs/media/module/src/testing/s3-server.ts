import S3rver from '@20minutes/s3rver'
import type { S3Options } from '../storage/s3-store.ts'

/** A server that speaks S3 over HTTP, with one bucket in `folder`. */
export async function s3Server(folder: string): Promise<{ options: S3Options; close: () => Promise<void> }> {
  const server = new S3rver({
    ...{ address: '127.0.0.1', port: 0, silent: true, directory: `${folder}/s3` },
    // It computes the signature of a list with a slash in its prefix differently from Amazon.
    allowMismatchedSignatures: true,
    configureBuckets: [{ name: 'media', configs: [] }],
  })
  const { port } = await server.run()
  return {
    options: {
      bucket: 'media',
      region: 'us-east-1',
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    },
    close: () => server.close(),
  }
}
