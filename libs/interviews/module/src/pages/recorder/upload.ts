import { DetailedError, Upload } from 'tus-js-client'

/** Bytes; more where there would be too many pieces for the limit on requests. */
const leastPiece = 256 * 1024
const mostPieces = 100

export interface Sendable {
  ticket: { ticket: string; uploadUrl: string }
  whole: Blob
  /** Where it goes on. */
  uploadUrl?: string
}

/** Milliseconds between tries while the line is down; a browser that notices it is back does not wait. */
const retryMilliseconds = 5000

interface Watcher {
  /** From 0 to 1. */
  progress(share: number): void
  /** The line is down, or back again. */
  line(up: boolean): void
  /** Where the upload goes on after a reload. */
  at(uploadUrl: string): void
}

/** Sends a recording piece by piece, for as long as it takes. Rejects when the server refuses it. */
export function upload({ ticket, uploadUrl, whole }: Sendable, watcher: Watcher): Promise<void> {
  return new Promise((resolve, reject) => {
    const sending = new Upload(whole, {
      // Of this page's origin, whatever name the platform has for itself.
      endpoint: new URL(new URL(ticket.uploadUrl).pathname, location.origin).href,
      ...(uploadUrl === undefined ? {} : { uploadUrl }),
      metadata: { ticket: ticket.ticket, filename: `answer.${/mp4/.test(whole.type) ? 'mp4' : 'webm'}` },
      chunkSize: Math.max(leastPiece, Math.ceil(whole.size / mostPieces)),
      retryDelays: [0, 500, 1500],
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => watcher.at(sending.url ?? ''),
      onProgress: (sent, all) => {
        watcher.line(true)
        watcher.progress(sent / all)
      },
      onSuccess: () => resolve(),
      onError(error) {
        if (refusedBy(error)) return reject(error)
        watcher.line(false)
        void lineIsBack().then(() => sending.start())
      },
    })
    sending.start()
  })
}

/** An answer that trying again would not change. */
function refusedBy(error: Error): boolean {
  const status = error instanceof DetailedError ? (error.originalResponse?.getStatus() ?? 0) : 0
  return status >= 400 && status < 500 && ![409, 423, 429].includes(status)
}

function lineIsBack(): Promise<void> {
  return new Promise((resolve) => {
    const back = () => {
      clearTimeout(timer)
      removeEventListener('online', back)
      resolve()
    }
    const timer = setTimeout(back, retryMilliseconds)
    addEventListener('online', back)
  })
}
