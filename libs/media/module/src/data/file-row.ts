import type { FileOwner, FileStatus, Purpose } from '@cenopie/media-contract'
import type { Kind } from '../domain/steps.ts'
import type { MediaFacts } from '../video/index.ts'

/** A file as its table holds it. */
export interface FileRow {
  id: string
  status: Exclude<FileStatus, 'erased'> | 'erasing'
  purpose: Purpose
  owner: FileOwner
  userId: string | null
  companyId: string | null
  account: string
  filename: string
  alt: string
  bytes: number
  maxSeconds: number | null
  kind: Kind | null
  mediaType: string | null
  sha256: string | null
  width: number | null
  height: number | null
  seconds: number | null
  blurhash: string | null
  facts: MediaFacts | null
  transcoded: MediaFacts | null
  version: number
  createdAt: Date
}

/** Of a table called `f`. */
export const fileColumns = `f.id, f.status, f.purpose, f.user_id AS "userId", f.company_id AS "companyId", f.account,
  json_build_object('module', f.owner_module, 'kind', f.owner_kind, 'id', f.owner_id) AS owner,
  f.filename, f.alt, f.bytes, f.max_seconds AS "maxSeconds", f.kind, f.media_type AS "mediaType", f.sha256,
  f.width, f.height, f.seconds, f.blurhash, f.facts, f.transcoded, f.version, f.created_at AS "createdAt"`
