import { schedulesTask } from '@cenopie/platform-outbox'
import type { TaskHandler } from '@cenopie/platform-outbox'
import type { Contract } from '@cenopie/platform-contract'
import type { Module, Started } from './module.ts'

/** `media.transcode-video=1,interviews.transcribe=0` */
export const taskPlacesForm = /^[a-z][a-z0-9-]*\.[a-z0-9-]+=\d{1,3}(,[a-z][a-z0-9-]*\.[a-z0-9-]+=\d{1,3})*$/

/** How many runs of a task this process has room for at once, by the task's name; 0: none. */
export function taskPlaces(text: string | undefined): ReadonlyMap<string, number> {
  const pairs = (text ?? '').split(',').filter((pair) => pair !== '')
  return new Map(
    pairs.map((pair) => pair.split('=') as [string, string]).map(([name, count]) => [name, +count]),
  )
}

/** Throws, by name, on a task that this process does not have: a misspelt one must not run as if nothing were said. */
export function checkTaskPlaces(
  text: string | undefined,
  parts: readonly { module: Pick<Module, 'contract'>; started: Pick<Started<Contract>, 'tasks'> }[],
): void {
  const known = parts.flatMap(({ module, started }) => [
    ...((started.tasks ?? []) as readonly TaskHandler[]).map(({ task }) => task.name),
    schedulesTask(module.contract.name).name,
  ])
  const strange = [...taskPlaces(text).keys()].filter((name) => !known.includes(name))
  if (strange.length > 0)
    throw new Error(
      `CENOPIE_TASK_CONCURRENCY: ${strange.join(', ')} is none of ${known.toSorted().join(', ')}`,
    )
}
