import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { DataStore } from '@tus/server'
import { Upload } from '@tus/utils'
import type { MediaConfig } from '../config.ts'
import { beginUpload, findUpload, type UploadRow } from '../data/uploads.ts'
import { accountOf, openUploadsOf, quotaOf } from '../domain/account.ts'
import { readTicket } from '../domain/ticket.ts'
import type { Erase } from '../operations/erase.ts'
import { startHash } from './checksum.ts'
import { complete, type Completing } from './complete.ts'
import { receive } from './receive.ts'
import { tusErrors } from './tus-error.ts'
import { currentUpload } from './upload-context.ts'

export interface UploadStoreOptions extends Completing {
  config: MediaConfig
  /** Removes an upload that was given up, with its file. */
  erase: Erase
}

const hour = 3600_000
const written = /^[^\p{Cc}\p{Cs}]{1,255}$/u

/**
 * What `@tus/server` keeps its uploads in: rows in PostgreSQL, bytes in the staging folder. How far an upload has come
 * is the length of its file, so nothing has to be written twice and a crash loses what it loses of the file.
 */
export class UploadStore extends DataStore {
  override extensions = ['creation', 'creation-with-upload', 'termination', 'expiration', 'checksum']
  private readonly options: UploadStoreOptions

  constructor(options: UploadStoreOptions) {
    super()
    this.options = options
  }

  /** The ticket says whose file it is and how large it may be; nothing the client says can widen that. */
  override async create(upload: Upload): Promise<Upload> {
    const { config, database, staging } = this.options
    const { ticket: text, filename: named } = upload.metadata ?? {}
    const ticket = readTicket(config.secret, text ?? '', Date.now())
    if (!ticket) throw tusErrors.ticket()
    const bytes = upload.size ?? 0
    if (bytes === 0) throw tusErrors.empty()
    if (bytes > ticket.maxBytes) throw tusErrors.tooLarge()
    const account = accountOf(ticket)
    const mostOpen = openUploadsOf(account, config)
    await staging.create(upload.id)
    const begun = await beginUpload(database, {
      ...{ id: upload.id, ticket, account, bytes, quotaBytes: quotaOf(account, config), mostOpen },
      filename: ticket.filename ?? (named && written.test(named) ? named : 'file'),
      expiresAt: new Date(Date.now() + config.uploadHours * hour),
    })
    if (begun.state === 'begun') {
      if (begun.superseded) await staging.remove(begun.superseded)
      return upload
    }
    await staging.remove(upload.id)
    if (begun.state === 'crowded') throw tusErrors.crowded(mostOpen)
    throw begun.state === 'full' ? tusErrors.full() : tusErrors.used()
  }

  override async write(stream: Readable, id: string, offset: number): Promise<number> {
    const { call, checksum } = currentUpload()
    const { staging } = this.options
    const upload = await this.find(id)
    // Its bytes are the file's now. A client that asks how far it came is told that nothing is missing.
    if (upload.completedAt) throw tusErrors.complete()
    try {
      await this.append(stream, upload, offset)
    } catch (error) {
      // More than was declared: what came before it is worth nothing either.
      if (isTooLarge(error)) await this.options.erase(upload.fileId, call)
      // What cannot be verified is as if it had never arrived.
      else if (checksum) await staging.truncate(id, offset)
      throw error
    }
    const reached = await staging.size(id)
    // Erased while its bytes came.
    if (reached === undefined) throw tusErrors.gone()
    if (reached === upload.bytes) await complete(this.options, upload, call)
    return reached
  }

  /** `stream` stands for the body that is read from the request itself: it ends when another request wants its turn. What comes after the upload's time is refused. */
  private async append(stream: Readable, { id, bytes, expiresAt }: UploadRow, offset: number): Promise<void> {
    const { request, bodyRead, checksum } = currentUpload()
    const hash = checksum && startHash(checksum)
    const turn = new AbortController()
    const expired = AbortSignal.timeout(Math.max(0, expiresAt.getTime() - Date.now()))
    const stop = AbortSignal.any([turn.signal, expired])
    const over = finished(stream.resume()).then(
      () => turn.abort(),
      () => turn.abort(),
    )
    try {
      const path = this.options.staging.path(id)
      const look = hash && ((piece: Buffer) => void hash.update(piece))
      await receive(request, { path, offset, most: bytes - offset, look, stop })
    } finally {
      bodyRead()
      await over
    }
    if (expired.aborted) throw tusErrors.expired()
    if (hash && !hash.digest().equals(checksum.digest)) throw tusErrors.checksum()
  }

  override async getUpload(id: string): Promise<Upload> {
    const { staging } = this.options
    const row = await this.find(id)
    const offset = row.completedAt ? row.bytes : await staging.size(id)
    if (offset === undefined) throw tusErrors.gone()
    // A crash after the last byte and before the file was taken on.
    if (offset === row.bytes && !row.completedAt) await complete(this.options, row, currentUpload().call)
    return new Upload({
      ...{ id, size: row.bytes, offset, metadata: { filename: row.filename } },
      creation_date: row.createdAt.toISOString(),
    })
  }

  /** Termination; of a complete upload it is refused before. */
  override async remove(id: string): Promise<void> {
    const { fileId } = await this.find(id)
    await this.options.erase(fileId, currentUpload().call)
  }

  override getExpiration(): number {
    return this.options.config.uploadHours * hour
  }

  private async find(id: string): Promise<UploadRow> {
    const row = await findUpload(this.options.database, id)
    if (!row) throw tusErrors.gone()
    return row
  }
}

const isTooLarge = (error: unknown) => (error as { status_code?: number }).status_code === 413
