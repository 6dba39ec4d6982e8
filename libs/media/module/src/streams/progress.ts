import { setTimeout as sleep } from 'node:timers/promises'
import type { FileProgress } from '@cenopie/media-contract'
import { Fault, faults, type FeedEvent } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { findFileOfUser } from '../data/files.ts'
import { progressOf, type ProgressRow } from '../data/steps.ts'
import { stepsToWire } from '../operations/wire.ts'

const pollMilliseconds = 500

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
        if (text !== told) yield { data: progress }
        told = text
        if (row.status === 'ready' || row.status === 'failed') return
        row = (await nextRound()).get(fileId)
      }
    } finally {
      const left = (watched.get(fileId) ?? 1) - 1
      if (left > 0) watched.set(fileId, left)
      else watched.delete(fileId)
    }
  }

  return {
    /** Ends once the file is ready or failed; whoever asks again is told of that at once. */
    async watchFile(
      { fileId }: { fileId: string },
      { actor, signal }: { actor: { id: string }; signal: AbortSignal },
    ): Promise<AsyncIterable<FeedEvent<FileProgress>>> {
      if (!(await findFileOfUser(database, actor.id, fileId))) throw new Fault(faults.notFound)
      return watch(fileId, signal)
    },
  }
}
