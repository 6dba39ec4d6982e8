import S3rver from '@20minutes/s3rver'
import type { S3Options } from '../storage/s3-store.ts'

/** Of koa, which the server is made of. */
type Middleware = (context: { app: object; path: string }, next: () => Promise<void>) => Promise<void>

/** A server that speaks S3 over HTTP, with one bucket in `folder`. */
export async function s3Server(folder: string): Promise<{ options: S3Options; close: () => Promise<void> }> {
  const server = new S3rver({
    ...{ address: '127.0.0.1', port: 0, silent: true, directory: `${folder}/s3` },
    allowMismatchedSignatures: false,
    configureBuckets: [{ name: 'media', configs: [] }],
  })
  // A bucket's own address, where lists are asked for, it signs without the slash at its end.
  const { middleware } = server as unknown as { middleware: Middleware[] }
  middleware.unshift((context, next) => {
    context.app = Object.create(context.app, {
      allowMismatchedSignatures: { value: context.path === '/media/' },
    })
    return next()
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
