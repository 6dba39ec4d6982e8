import { mediaFaults, type FileOwner, type Purpose, type UploadTicket } from '@cenopie/media-contract'
import { Fault, invalid } from '@cenopie/platform-contract'
import { newId, type Database } from '@cenopie/platform-database'
import type { MediaConfig } from '../config.ts'
import { usageOf } from '../data/usage.ts'
import { accountOf, quotaOf } from '../domain/account.ts'
import { purposeRules } from '../domain/purposes.ts'
import { signTicket } from '../domain/ticket.ts'
import { uploadsPath } from '../uploads/tus.ts'
import type { Handler } from './handler.ts'

interface Wish {
  purpose: Purpose
  owner: FileOwner
  userId?: string | undefined
  companyId?: string | undefined
  maxBytes: number
  maxSeconds?: number | undefined
  filename?: string | undefined
  alt: string
  expiresAt: number
}

/** Refused here already when there is no room; counted again, under a lock, when the upload begins. */
async function issue(
  database: Database,
  config: MediaConfig,
  publicUrl: string,
  wish: Wish,
  bytes: number,
): Promise<UploadTicket> {
  const account = accountOf(wish)
  const { bytes: taken } = await usageOf(database, account)
  if (taken + bytes > quotaOf(account, config)) throw new Fault(mediaFaults.quotaExceeded)
  const fileId = newId()
  return {
    fileId,
    ticket: signTicket(config.secret, { fileId, ...wish }),
    uploadUrl: `${publicUrl}${uploadsPath}`,
    maxBytes: wish.maxBytes,
    expiresAt: new Date(wish.expiresAt).toISOString(),
  }
}

/** A user's own file. */
export function requestUpload(
  database: Database,
  config: MediaConfig,
  publicUrl: string,
): Handler<'requestUpload'> {
  return ({ purpose, filename, bytes, alt }, { actor }) => {
    if (bytes > purposeRules[purpose].maxBytes)
      throw new Fault(mediaFaults.tooLarge, {
        detail: `A file for ${purpose} has at most ${purposeRules[purpose].maxBytes} bytes.`,
        errors: [{ field: 'bytes', message: `must be at most ${purposeRules[purpose].maxBytes}` }],
      })
    const owner = { module: 'media', kind: 'user', id: actor.id }
    const expiresAt = Date.now() + config.ticketMinutes * 60_000
    const wish = { purpose, owner, userId: actor.id, maxBytes: bytes, filename, alt, expiresAt }
    return issue(database, config, publicUrl, wish, bytes)
  }
}

/** What another module allows somebody. */
export function grantUpload(
  database: Database,
  config: MediaConfig,
  publicUrl: string,
): Handler<'grantUpload'> {
  return ({ purpose, owner, userId, companyId, maxBytes, maxSeconds, alt, expiresAt }) => {
    const until = Date.parse(expiresAt)
    if (until <= Date.now()) throw invalid({ field: 'expiresAt', message: 'has passed' })
    const limit = purposeRules[purpose].maxBytes
    const wish = {
      ...{ purpose, owner, userId, companyId, maxSeconds, alt },
      ...{ maxBytes: Math.min(maxBytes ?? limit, limit), expiresAt: until },
    }
    return issue(database, config, publicUrl, wish, 1)
  }
}
