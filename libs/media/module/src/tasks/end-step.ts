import { fileFailed, fileReady, type Failure, type StepName } from '@cenopie/media-contract'
import type { CallContext } from '@cenopie/platform-contract'
import type { Queryable, Transaction } from '@cenopie/platform-database'
import type { TaskRun } from '@cenopie/platform-outbox'
import type { FileRow } from '../data/file-row.ts'
import { findFiles, type StepRow } from '../data/files.ts'
import {
  addSteps,
  failStep,
  finishStep,
  keepFindings,
  keepRenditions,
  lockFile,
  setStatus,
  stepsOfFile,
} from '../data/steps.ts'
import { factsOf } from '../domain/event-facts.ts'
import { followers } from '../domain/steps.ts'
import { factsOfRendition } from '../domain/rendition-facts.ts'
import { enqueueStep } from './step-tasks.ts'
import type { StepResult, Works } from './step-context.ts'

/**
 * Commits what a step made, and begins what may follow. Resolves to the objects that nothing names any more; undefined
 * when the file was erased meanwhile.
 */
export function endSucceeded(
  { database, outbox }: Works,
  { id }: FileRow,
  step: StepName,
  { found, made, plan }: StepResult,
  run: TaskRun,
): Promise<string[] | undefined> {
  return database.transaction(async (tx) => {
    const file = await lockFile(tx, id)
    await run.done(tx)
    if (!file) return undefined
    if (!(await finishStep(tx, id, step))) return []
    if (found) await keepFindings(tx, id, found)
    const stale = made ? await keepRenditions(tx, id, step, made) : []
    if (plan) await addSteps(tx, id, plan)
    const steps = await stepsOfFile(tx, id)
    const waiting = steps.filter(({ status }) => status === 'waiting').map(({ name }) => name)
    for (const next of followers(step, waiting)) await enqueueStep(outbox, tx, run.call, file, next)
    const lost = steps.find(({ status }) => status === 'failed')
    if (steps.every(({ status }) => status === 'done')) await becomeReady(outbox, tx, id, run.call)
    // Tried again, it succeeded beside one that cannot be: nothing else would end the file.
    else if (lost?.failure && file.status !== 'failed' && steps.every(hasEnded))
      await becomeFailed(outbox, tx, file, lost.failure, run.call)
    return stale
  })
}

const hasEnded = ({ status }: StepRow) => status === 'done' || status === 'failed'

async function becomeReady(
  outbox: Works['outbox'],
  tx: Transaction,
  id: string,
  call: CallContext,
): Promise<void> {
  const version = await setStatus(tx, id, 'ready')
  const [file] = await findFiles(tx, [id])
  if (!file?.mediaType) throw new Error(`file ${id} is ready and has no media type`)
  await outbox.publish(tx, call, fileReady, {
    entity: { id, version },
    payload: {
      ...factsOf(file),
      ...{ mediaType: file.mediaType, bytes: file.bytes },
      ...(file.seconds !== null && { seconds: file.seconds }),
      renditions: file.renditions.map(factsOfRendition),
    },
  })
}

/**
 * A step failed for good, and the file with it: for `failure`, or when that is not known for what its last try noted.
 * Steps beside it go on, so that a retry finds them done.
 */
export async function endFailed(
  { outbox }: Pick<Works, 'outbox'>,
  tx: Transaction & Queryable,
  fileId: string,
  step: StepName,
  failure: Failure | undefined,
  call: CallContext,
): Promise<void> {
  const file = await lockFile(tx, fileId)
  if (!file) return
  const told = await failStep(tx, fileId, step, failure)
  if (!told || file.status === 'failed') return
  await becomeFailed(outbox, tx, file, told, call)
}

async function becomeFailed(
  outbox: Works['outbox'],
  tx: Transaction,
  file: FileRow,
  { code, reason }: Failure,
  call: CallContext,
): Promise<void> {
  const version = await setStatus(tx, file.id, 'failed')
  await outbox.publish(tx, call, fileFailed, {
    entity: { id: file.id, version },
    payload: { ...factsOf(file), code, reason },
  })
}
