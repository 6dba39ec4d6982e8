import { Upload } from 'tus-js-client'
import type { Tell } from '../journey/stage.ts'

interface Ticket {
  uploadUrl: string
  ticket: string
}

/**
 * Uploads in pieces, as the browser does, over a connection that breaks after the first one: the client asks how much
 * has arrived and goes on from there. Resolves to how often it went on.
 */
export async function uploadWithBreak(
  origin: string,
  { uploadUrl, ticket }: Ticket,
  bytes: Buffer,
  tell: Tell = () => {},
): Promise<number> {
  const pieces = 6
  let breaks = 0
  await new Promise<void>((resolve, reject) => {
    const upload = new Upload(bytes, {
      endpoint: new URL(new URL(uploadUrl).pathname, origin).href,
      metadata: { ticket, filename: 'answer.webm' },
      chunkSize: Math.ceil(bytes.length / pieces),
      retryDelays: [0, 50, 200, 1000],
      onError: reject,
      onSuccess: () => resolve(),
      onProgress(sent) {
        tell(sent / bytes.length, `${Math.round(sent / 1000)} of ${Math.round(bytes.length / 1000)} kB`)
        if (breaks > 0 || sent <= bytes.length / 2) return
        breaks += 1
        upload.abort().then(() => upload.start(), reject)
      },
    })
    upload.start()
  })
  return breaks
}
