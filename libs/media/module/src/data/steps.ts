import type { Failure, FileProgress, StepName } from '@cenopie/media-contract'
import type { Database, Queryable } from '@cenopie/platform-database'
import type { Kind } from '../domain/steps.ts'
import { failureOf } from '../domain/step-error.ts'
import type { MediaFacts } from '../video/index.ts'
import { fileColumns, type FileRow } from './file-row.ts'
import type { StepRow } from './files.ts'

const begin = {
  name: 'media_begin_step',
  text: `UPDATE step s SET status = 'running', percent = NULL
    FROM (SELECT status FROM step WHERE file_id = $1 AND name = $2) AS before
    WHERE s.file_id = $1 AND s.name = $2 AND s.status <> 'done' RETURNING before.status = 'failed' AS failed`,
}

/**
 * The file, if the step is still to be done; `gone` when it was erased or is about to be. A step that had failed for good
 * begins again when its dead letter is replayed: then its file is at work again too.
 */
export function beginStep(
  database: Database,
  fileId: string,
  name: StepName,
): Promise<FileRow | 'done' | 'gone'> {
  return database.transaction(async (tx) => {
    const file = await lockFile(tx, fileId)
    if (!file) return 'gone'
    const [begun] = await tx.query<{ failed: boolean }>(begin, [fileId, name])
    if (!begun) return 'done'
    if (begun.failed && file.status === 'failed') await setStatus(tx, fileId, 'processing')
    return file
  })
}

const report = {
  name: 'media_report_step',
  text: `UPDATE step SET percent = $3 WHERE file_id = $1 AND name = $2 AND status = 'running'`,
}

/** False: the file was erased, or is about to be. */
export async function reportStep(
  database: Queryable,
  fileId: string,
  name: StepName,
  percent: number,
): Promise<boolean> {
  await database.query(report, [fileId, name, percent])
  return exists(database, fileId)
}

/** Whether there is such a file, and nobody erases it. */
export async function exists(database: Queryable, fileId: string): Promise<boolean> {
  const text = `SELECT 1 FROM file WHERE id = $1 AND status <> 'erasing'`
  return (await database.query({ name: 'media_exists', text }, [fileId])).length > 0
}

/** The last thing that went wrong, kept beside a step that will be tried again. */
export async function noteFailure(
  database: Queryable,
  fileId: string,
  name: StepName,
  failure: Failure,
): Promise<void> {
  await database.query(
    `UPDATE step SET status = 'waiting', percent = NULL, failure = $3::jsonb
     WHERE file_id = $1 AND name = $2 AND status = 'running'`,
    [fileId, name, JSON.stringify(failure)],
  )
}

/** The file, locked, unless it is being erased. Everything that is said of a file is said under this lock. */
export async function lockFile(tx: Queryable, fileId: string): Promise<FileRow | undefined> {
  const [row] = await tx.query<FileRow>(
    {
      name: 'media_lock_file',
      text: `SELECT ${fileColumns} FROM file f WHERE f.id = $1 AND f.status <> 'erasing' FOR UPDATE`,
    },
    [fileId],
  )
  return row
}

/** False: it was done before. */
export async function finishStep(tx: Queryable, fileId: string, name: StepName): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE step SET status = 'done', percent = NULL, failure = NULL
     WHERE file_id = $1 AND name = $2 AND status <> 'done' RETURNING 1`,
    [fileId, name],
  )
  return rows.length > 0
}

/** Undefined: it is done, or had failed before. Otherwise what it failed for. */
export async function failStep(
  tx: Queryable,
  fileId: string,
  name: StepName,
  failure: Failure | undefined,
): Promise<Failure | undefined> {
  const [row] = await tx.query<{ failure: Failure }>(
    `UPDATE step SET status = 'failed', percent = NULL, failure = coalesce($3::jsonb, failure, $4::jsonb)
     WHERE file_id = $1 AND name = $2 AND status NOT IN ('done', 'failed') RETURNING failure`,
    [fileId, name, failure ? JSON.stringify(failure) : null, JSON.stringify(failureOf(undefined))],
  )
  return row?.failure
}

export async function addSteps(tx: Queryable, fileId: string, names: readonly StepName[]): Promise<void> {
  await tx.query(
    `INSERT INTO step (file_id, name, status) SELECT $1, name, 'waiting' FROM unnest($2::text[]) AS name
     ON CONFLICT DO NOTHING`,
    [fileId, names],
  )
}

/** Failed steps that may succeed another time wait again; which they are. */
export async function resetFailedSteps(tx: Queryable, fileId: string): Promise<StepName[]> {
  const rows = await tx.query<{ name: StepName }>(
    `UPDATE step SET status = 'waiting', failure = NULL
     WHERE file_id = $1 AND status = 'failed' AND (failure->>'retryable')::boolean RETURNING name`,
    [fileId],
  )
  return rows.map(({ name }) => name)
}

export function stepsOfFile(tx: Queryable, fileId: string): Promise<StepRow[]> {
  return tx.query<StepRow>('SELECT name, status, percent, failure FROM step WHERE file_id = $1', [fileId])
}

/** The new version of the file's entity. */
export async function setStatus(
  tx: Queryable,
  fileId: string,
  status: 'processing' | 'ready' | 'failed',
): Promise<number> {
  const [row] = await tx.query<{ version: number }>(
    'UPDATE file SET status = $2, version = version + 1 WHERE id = $1 RETURNING version',
    [fileId, status],
  )
  if (!row) throw new Error(`file ${fileId} is gone`)
  return row.version
}

/** What a step found out. */
export interface Findings {
  kind?: Kind
  mediaType?: string
  width?: number
  height?: number
  seconds?: number
  blurhash?: string
  planVersion?: number
  facts?: MediaFacts
  transcoded?: MediaFacts
}

export async function keepFindings(tx: Queryable, fileId: string, found: Findings): Promise<void> {
  const { kind, mediaType, width, height, seconds, blurhash, planVersion, facts, transcoded } = found
  await tx.query(
    `UPDATE file SET kind = coalesce($2, kind), media_type = coalesce($3, media_type), width = coalesce($4, width),
       height = coalesce($5, height), seconds = coalesce($6, seconds), blurhash = coalesce($7, blurhash),
       facts = coalesce($8::jsonb, facts), transcoded = coalesce($9::jsonb, transcoded),
       plan_version = coalesce($10, plan_version) WHERE id = $1`,
    [
      ...[
        fileId,
        kind ?? null,
        mediaType ?? null,
        width ?? null,
        height ?? null,
        seconds ?? null,
        blurhash ?? null,
      ],
      ...[
        facts ? JSON.stringify(facts) : null,
        transcoded ? JSON.stringify(transcoded) : null,
        planVersion ?? null,
      ],
    ],
  )
}

/** An object that a step made. */
export interface MadeObject {
  name: string
  objectKey: string
  mediaType: string
  bytes: number
  sha256: string
  width?: number | undefined
  height?: number | undefined
  /** Parts of a stream are not. */
  listed: boolean
}

/** Replaces what the step made before. Resolves to the objects that nothing names any more. */
export async function keepRenditions(
  tx: Queryable,
  fileId: string,
  step: StepName,
  made: readonly MadeObject[],
): Promise<string[]> {
  const before = await tx.query<{ key: string }>(
    'DELETE FROM rendition WHERE file_id = $1 AND step = $2 RETURNING object_key AS key',
    [fileId, step],
  )
  await tx.query(
    `INSERT INTO rendition (file_id, name, step, object_key, media_type, bytes, sha256, width, height, listed, position)
     SELECT $1, r.name, $2, r."objectKey", r."mediaType", r.bytes, r.sha256, r.width, r.height, r.listed, r.position
     FROM jsonb_to_recordset($3::jsonb) AS r (name text, "objectKey" text, "mediaType" text, bytes bigint, sha256 text,
       width int, height int, listed boolean, position int)`,
    [fileId, step, JSON.stringify(made.map((one, position) => ({ ...one, position })))],
  )
  const now = new Set(made.map(({ objectKey }) => objectKey))
  return before.map(({ key }) => key).filter((key) => !now.has(key))
}

/** Ready files whose pictures an older plan made; their step waits again. What they had is served meanwhile. */
export function reopenOutdated(
  tx: Queryable,
  purposes: readonly string[],
  versions: readonly number[],
  limit: number,
): Promise<{ id: string; account: string }[]> {
  return tx.query(
    `WITH outdated AS (
       SELECT f.id FROM file f JOIN unnest($1::text[], $2::int[]) AS p (purpose, version) ON p.purpose = f.purpose
       WHERE f.status = 'ready' AND f.plan_version < p.version ORDER BY f.id LIMIT $3 FOR UPDATE OF f SKIP LOCKED),
     waiting AS (
       UPDATE step s SET status = 'waiting' FROM outdated o WHERE s.file_id = o.id AND s.name = 'images')
     UPDATE file f SET status = 'processing', version = version + 1 FROM outdated o WHERE f.id = o.id
     RETURNING f.id, f.account`,
    [purposes, versions, limit],
  )
}

const progress = {
  name: 'media_progress',
  text: `SELECT f.id AS "fileId", f.status,
      coalesce(json_agg(json_build_object('name', s.name, 'status', s.status, 'percent', s.percent, 'failure', s.failure))
        FILTER (WHERE s.name IS NOT NULL), '[]') AS steps
    FROM file f LEFT JOIN step s ON s.file_id = f.id
    WHERE f.id = ANY($1::uuid[]) GROUP BY f.id`,
}

export interface ProgressRow {
  fileId: string
  status: FileProgress['status'] | 'erasing'
  steps: StepRow[]
}

export function progressOf(database: Queryable, fileIds: readonly string[]): Promise<ProgressRow[]> {
  return database.query<ProgressRow>(progress, [fileIds])
}
