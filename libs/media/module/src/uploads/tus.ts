import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CallContext } from '@cenopie/platform-contract'
import type { Logger } from '@cenopie/platform-telemetry'
import { Server } from '@tus/server'
import { checksumAlgorithms, readChecksum } from './checksum.ts'
import { tusErrors } from './tus-error.ts'
import { uploadContext } from './upload-context.ts'
import { uploadLocker } from './upload-lock.ts'
import { UploadStore, type UploadStoreOptions } from './upload-store.ts'

export const uploadsPath = '/api/v1/media/uploads'

/** Once another request waits, what is under way may still reach the disk for so long. */
const drainMilliseconds = 200
const idForm = /^[\w-]{43}$/

/** Speaks tus 1.0 below `uploadsPath`. */
export function tusProtocol(options: UploadStoreOptions, log: Logger) {
  const server = new Server({
    path: uploadsPath,
    datastore: new UploadStore(options),
    locker: uploadLocker(options.database, log),
    lockDrainTimeout: drainMilliseconds,
    // Behind whatever gateway: the client resolves it against the address it asked.
    relativeLocation: true,
    disableTerminationForFinishedUploads: true,
    allowedOrigins: [],
    // Whoever knows it may continue the upload.
    namingFunction: () => randomBytes(32).toString('base64url'),
    getFileIdFromRequest: (_request, last) => (last !== undefined && idForm.test(last) ? last : undefined),
    onResponseError: (_request, error) => {
      if ('status_code' in error && 'body' in error) return undefined
      log.error({ err: error }, 'upload failed')
      return { status_code: 500, body: 'internal: Something went wrong on our side.\n' }
    },
  })
  return async (request: IncomingMessage, response: ServerResponse, call: CallContext): Promise<void> => {
    if (request.method === 'OPTIONS')
      response.setHeader('Tus-Checksum-Algorithm', checksumAlgorithms.join(','))
    const checksum = readChecksum(request.headers['upload-checksum'] as string | undefined)
    if (checksum === 'invalid') {
      const { status_code, body } = tusErrors.checksumForm()
      response.writeHead(status_code, { 'Tus-Resumable': '1.0.0', 'Content-Type': 'text/plain' }).end(body)
      return
    }
    const { asked, bodyRead } = withoutBody(request)
    const answer = await uploadContext.run({ call, checksum, request, bodyRead }, () =>
      server.handleWeb(asked),
    )
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
  }
}

/** The request as the library wants it, but for its bytes: `upload-store.ts` takes those from where they arrive. */
function withoutBody({ method = '', url = '', headers }: IncomingMessage) {
  let bodyRead = () => {}
  const body = new ReadableStream({ start: (controller) => void (bodyRead = () => controller.close()) })
  const asked = new Request(new URL(url, 'http://localhost'), {
    method,
    headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
    ...(method !== 'GET' && method !== 'HEAD' && { body, duplex: 'half' }),
  })
  return { asked, bodyRead }
}
