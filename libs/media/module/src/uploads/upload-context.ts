import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage } from 'node:http'
import type { CallContext } from '@cenopie/platform-contract'
import type { Checksum } from './checksum.ts'

/** What a request of the upload protocol carries beside what the protocol's library passes on. */
export interface UploadContext {
  call: CallContext
  /** Whose body is read from here: through the web streams of the library it costs twice the time. */
  request: IncomingMessage
  /** Tells the library that all of the body that will be read has been. */
  bodyRead: () => void
  checksum: Checksum | undefined
}

export const uploadContext = new AsyncLocalStorage<UploadContext>()

export function currentUpload(): UploadContext {
  const context = uploadContext.getStore()
  if (!context) throw new Error('not within a request of the upload protocol')
  return context
}
