import type { StepName } from '@cenopie/media-contract'
import { task, type CallContext, type TaskType } from '@cenopie/platform-contract'
import type { AnyTransaction } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import { z } from 'zod'
import type { FileRow } from '../data/file-row.ts'

const payload = z.strictObject({ fileId: z.uuid() })
export type StepTask = TaskType<typeof payload>

const hour = 3600

/** Each step is a task with a queue of its own: pictures never wait for recordings, nor either for looking at a file. */
const kinds: Readonly<Record<StepName, { name: string } & Pick<StepTask, 'concurrency' | 'timeoutSeconds'>>> =
  {
    store: { name: 'media.store-file', concurrency: 4, timeoutSeconds: hour },
    inspect: { name: 'media.inspect-file', concurrency: 4, timeoutSeconds: 600 },
    images: { name: 'media.make-images', concurrency: 2, timeoutSeconds: 300 },
    transcode: { name: 'media.transcode-video', concurrency: 1, timeoutSeconds: 2 * hour },
    poster: { name: 'media.make-poster', concurrency: 1, timeoutSeconds: 600 },
    stream: { name: 'media.make-stream', concurrency: 1, timeoutSeconds: 2 * hour },
    speech: { name: 'media.make-speech', concurrency: 1, timeoutSeconds: hour },
  }

export interface Patience {
  attempts: number
  backoffSeconds: number
}

export function stepTask(step: StepName, { attempts, backoffSeconds }: Partial<Patience> = {}): StepTask {
  const { name, concurrency, timeoutSeconds } = kinds[step]
  return task(name, payload, {
    ...{ concurrency, timeoutSeconds },
    ...(attempts !== undefined && { attempts }),
    ...(backoffSeconds !== undefined && { backoffSeconds }),
  })
}

/** Accounts take turns, so that nobody's thousand pictures delay another's one. */
export function enqueueStep(
  outbox: Outbox,
  tx: AnyTransaction,
  call: CallContext,
  { id, account }: Pick<FileRow, 'id' | 'account'>,
  step: StepName,
): Promise<void> {
  return outbox.enqueue(tx, call, stepTask(step), { fileId: id }, { key: id, fairKey: account })
}
