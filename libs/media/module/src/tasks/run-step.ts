import type { StepName } from '@cenopie/media-contract'
import { handle, type TaskHandler, type TaskRun } from '@cenopie/platform-outbox'
import type { FileRow } from '../data/file-row.ts'
import { beginStep, exists, noteFailure, reportStep } from '../data/steps.ts'
import { failureOf } from '../domain/step-error.ts'
import { endFailed, endSucceeded } from './end-step.ts'
import { madePrefix, type StepWork, type Works } from './step-context.ts'
import { stepTask, type Patience, type StepTask } from './step-tasks.ts'

const reportMilliseconds = 1000

/**
 * Carries a step out: marks it running, does the work, then commits its end with everything that follows from it. The
 * work only writes objects under keys of its own, so a second run after a crash replaces the first and has one result.
 */
export function stepHandler(
  works: Works,
  step: StepName,
  work: StepWork,
  patience: Patience,
): TaskHandler<StepTask> {
  const { database, workshop } = works
  return handle(
    stepTask(step, patience),
    async ({ fileId }, run) => {
      const file = await beginStep(database, fileId, step)
      if (file === 'done') return
      if (file === 'gone') return await forget(works, fileId)
      const erased = new AbortController()
      const onProgress = reporter(works, fileId, step, () => erased.abort())
      const signal = AbortSignal.any([run.signal, erased.signal])
      try {
        const result = await workshop.within(fileId, step, (folder) =>
          work(works, file, { folder, signal, onProgress }),
        )
        const stale = await endSucceeded(works, file, step, result, run)
        await workshop.clear(fileId, step)
        if (!stale) return await forget(works, fileId)
        for (const key of stale) await works.store.remove(key)
      } catch (error) {
        // Whatever came of it may have been written behind the back of whoever erased the file.
        if (!(await exists(database, fileId))) return await forget(works, fileId)
        await onError(works, file, step, error, run)
      }
    },
    (payload, tx, _reason, call) => endFailed(works, tx, payload.fileId, step, undefined, call),
  )
}

async function onError(works: Works, file: FileRow, step: StepName, error: unknown, run: TaskRun) {
  // Stopped from outside: the step goes on elsewhere, and nothing was wrong with the file.
  if (run.signal.aborted && error === run.signal.reason && !isTimeout(error)) throw error
  const failure = failureOf(error)
  if (!failure.retryable) {
    run.log.info({ file: file.id, step, code: failure.code }, 'a file failed')
    await works.database.transaction(async (tx) => {
      await run.done(tx)
      await endFailed(works, tx, file.id, step, failure, run.call)
    })
    return
  }
  if (isTool(error)) run.log.warn({ file: file.id, step, tool: error.log }, 'a tool failed')
  await noteFailure(works.database, file.id, step, failure)
  throw error
}

const isTimeout = (error: unknown) => (error as { name?: string }).name === 'TimeoutError'
const isTool = (error: unknown): error is { log: string } =>
  typeof (error as { log?: unknown }).log === 'string'

/** The file was erased meanwhile: nothing of it stays. */
export async function forget({ store }: Pick<Works, 'store'>, fileId: string): Promise<void> {
  for await (const { key } of store.list(madePrefix(fileId))) await store.remove(key)
}

/** A number that did not get through is followed by another; one that finds no file ends the step. */
function reporter(
  { database }: Works,
  fileId: string,
  step: StepName,
  onErased: () => void,
): (percent: number) => void {
  let last = { percent: 0, at: Date.now() }
  return (percent) => {
    const whole = Math.floor(percent)
    if (whole <= last.percent || Date.now() - last.at < reportMilliseconds) return
    last = { percent: whole, at: Date.now() }
    reportStep(database, fileId, step, whole).then(
      (known) => {
        if (!known) onErased()
      },
      () => undefined,
    )
  }
}
