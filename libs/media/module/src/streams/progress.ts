import { setTimeout as sleep } from 'node:timers/promises'
import type { FileProgress } from '@cenopie/media-contract'
import { Fault, faults, type FeedEvent, type UserActor } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import type { FeedCall } from '@cenopie/platform-runtime'
import { findFileOfUser } from '../data/files.ts'
import { progressOf, type ProgressRow } from '../data/steps.ts'
import { stepsToWire } from '../operations/wire.ts'

const pollMilliseconds = 500
/** Id of the last event: a reader who comes back with it has seen everything. */
const end = 'end'

/**
 * Tells watchers of a file when something of it changed, whichever process works on it. All watchers of this process
 * share one question to the database, asked twice a second while there are any.
 */
export function progressWatch(database: Database) {
  const watched = new Map<string, number>()
  let round: Promise<Map<string, ProgressRow>> | undefined

  const nextRound = () =>
    (round ??= sleep(pollMilliseconds).then(async () => {
      round = undefined
      const rows = await progressOf(database, [...watched.keys()])
      return new Map(rows.map((row) => [row.fileId, row]))
    }))

  async function* watch(fileId: string, signal: AbortSignal): AsyncGenerator<FeedEvent<FileProgress>> {
    watched.set(fileId, (watched.get(fileId) ?? 0) + 1)
    try {
      let told = ''
      let [row] = await progressOf(database, [fileId])
      while (row && row.status !== 'erasing' && !signal.aborted) {
        const progress = { status: row.status, steps: stepsToWire(row.steps) }
        const text = JSON.stringify(progress)
        const last = isFinal(row.status)
        if (text !== told) yield { data: progress, ...(last && { id: end }) }
        told = text
        if (last) return
        row = (await nextRound()).get(fileId)
      }
    } finally {
      const left = (watched.get(fileId) ?? 1) - 1
      if (left > 0) watched.set(fileId, left)
      else watched.delete(fileId)
    }
  }

  return {
    /** Ends once the file is ready or failed; whoever comes back after that is told that there is nothing more. */
    async watchFile(
      { fileId }: { fileId: string },
      { actor, signal, lastEventId }: FeedCall<UserActor>,
    ): Promise<AsyncIterable<FeedEvent<FileProgress>> | undefined> {
      const file = await findFileOfUser(database, actor.id, fileId)
      if (!file) throw new Fault(faults.notFound)
      if (lastEventId === end && isFinal(file.status)) return undefined
      return watch(fileId, signal)
    },
  }
}

const isFinal = (status: string) => status === 'ready' || status === 'failed'
