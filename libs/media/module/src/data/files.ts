import type { Failure, StepName } from '@cenopie/media-contract'
import type { Queryable } from '@cenopie/platform-database'
import { fileColumns, type FileRow } from './file-row.ts'

export interface StepRow {
  name: StepName
  status: 'waiting' | 'running' | 'done' | 'failed'
  percent: number | null
  failure: Failure | null
}

export interface RenditionRow {
  name: string
  objectKey: string
  mediaType: string
  bytes: number
  sha256: string
  width: number | null
  height: number | null
}

/** A file with everything that is told of it. */
export interface WholeFile extends FileRow {
  steps: StepRow[]
  renditions: RenditionRow[]
}

const whole = `SELECT ${fileColumns},
    (SELECT coalesce(json_agg(json_build_object('name', s.name, 'status', s.status, 'percent', s.percent,
       'failure', s.failure)), '[]') FROM step s WHERE s.file_id = f.id) AS steps,
    (SELECT coalesce(json_agg(json_build_object('name', r.name, 'objectKey', r.object_key, 'mediaType', r.media_type,
       'bytes', r.bytes, 'sha256', r.sha256, 'width', r.width, 'height', r.height) ORDER BY r.step, r.position), '[]')
     FROM rendition r WHERE r.file_id = f.id AND r.listed) AS renditions
  FROM file f`

const findOfUser = {
  name: 'media_find_of_user',
  text: `${whole} WHERE f.id = $1 AND f.user_id = $2 AND f.status <> 'erasing'`,
}
const listOfUser = {
  name: 'media_list_of_user',
  text: `${whole} WHERE f.user_id = $1 AND ($2::uuid IS NULL OR f.id < $2) AND f.status <> 'erasing'
    ORDER BY f.id DESC LIMIT $3`,
}
const findMany = {
  name: 'media_find_many',
  text: `${whole} WHERE f.id = ANY($1::uuid[]) AND f.status <> 'erasing'`,
}

export async function findFileOfUser(
  database: Queryable,
  userId: string,
  fileId: string,
): Promise<WholeFile | undefined> {
  return (await database.query<WholeFile>(findOfUser, [fileId, userId]))[0]
}

/** Newest first, older than the file `before`. */
export function listFilesOfUser(
  database: Queryable,
  userId: string,
  before: string | undefined,
  limit: number,
): Promise<WholeFile[]> {
  return database.query<WholeFile>(listOfUser, [userId, before ?? null, limit])
}

export function findFiles(database: Queryable, fileIds: readonly string[]): Promise<WholeFile[]> {
  return database.query<WholeFile>(findMany, [fileIds])
}

export async function describe(
  database: Queryable,
  userId: string,
  fileId: string,
  alt: string,
): Promise<boolean> {
  const rows = await database.query(
    `UPDATE file SET alt = $3 WHERE id = $1 AND user_id = $2 AND status <> 'erasing' RETURNING 1`,
    [fileId, userId, alt],
  )
  return rows.length > 0
}

/** Those of `fileIds` that were erased, with when. */
export function erasedAmong(
  database: Queryable,
  fileIds: readonly string[],
): Promise<{ fileId: string; erasedAt: Date }[]> {
  return database.query(
    `SELECT file_id AS "fileId", erased_at AS "erasedAt" FROM erased_file WHERE file_id = ANY($1::uuid[])`,
    [fileIds],
  )
}

const findRenditionStatement = {
  name: 'media_find_rendition',
  text: `SELECT r.name, r.object_key AS "objectKey", r.media_type AS "mediaType", r.bytes, r.sha256, r.width, r.height,
      f.filename, f.kind, f.created_at AS "createdAt"
    FROM rendition r JOIN file f ON f.id = r.file_id
    WHERE r.file_id = $1 AND r.name = $2 AND f.status <> 'erasing'`,
}

export type ServedRendition = RenditionRow & Pick<FileRow, 'filename' | 'kind' | 'createdAt'>

/** One object made of a file, parts of a stream too. */
export async function findRendition(
  database: Queryable,
  fileId: string,
  name: string,
): Promise<ServedRendition | undefined> {
  return (await database.query<ServedRendition>(findRenditionStatement, [fileId, name]))[0]
}
