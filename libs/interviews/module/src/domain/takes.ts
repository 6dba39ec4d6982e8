import type { TakeStatus } from '@cenopie/interviews-contract'
import { isBlank } from './answers.ts'

export interface TakeFacts {
  readonly number: number
  readonly status: TakeStatus
  readonly begunAt: Date
  /** Its upload must have begun by then. */
  readonly expiresAt: Date
  /** Of what arrived; null before media has looked at it. */
  readonly seconds: number | null
}

export interface Written {
  readonly text: string
  readonly savedAt: Date
}

/** How many more takes a question has. One that failed was not the candidate's fault and is given back. */
export function takesLeft(retakes: number, takes: readonly TakeFacts[]): number {
  return Math.max(0, 1 + retakes - takes.filter(({ status }) => status !== 'failed').length)
}

/**
 * Nothing of it has arrived, or a part that media removed again, and the time to begin its upload is over. One whose
 * upload had begun may still arrive, and then counts.
 */
export function neverArrived({ status, seconds, expiresAt }: TakeFacts, now: Date): boolean {
  return (status === 'begun' || (status === 'erased' && seconds === null)) && expiresAt <= now
}

/**
 * The take that is the answer: the last one whose bytes are all there, unless the candidate wrote an answer after it.
 * `takes` are those of one question.
 */
export function takeThatCounts<T extends TakeFacts>(takes: readonly T[], written?: Written): T | undefined {
  const last = takes
    .filter(({ status }) => status === 'uploaded' || status === 'ready')
    .toSorted((a, b) => a.number - b.number)
    .at(-1)
  const wroteLater = last && written && !isBlank(written.text) && written.savedAt > last.begunAt
  return wroteLater ? undefined : last
}

/**
 * Which recordings of one question stay in media, whatever is written beside them: the last one that is ready, and those
 * after it, which may still become ready or not. The last of all stays also if it failed, since media may be made to try
 * it again. The others are replaced. `takes` are in order.
 */
export function keptTakes<T extends TakeFacts & { readonly late: boolean }>(
  takes: readonly T[],
): { kept: T[]; replaced: T[] } {
  const arrived = takes.filter(({ status, late }) => status !== 'begun' && status !== 'erased' && !late)
  const ready = arrived.findLastIndex(({ status }) => status === 'ready')
  const stays = ({ status }: T, at: number) =>
    at === ready || (at > ready && (status === 'uploaded' || at === arrived.length - 1))
  return { kept: arrived.filter(stays), replaced: arrived.filter((take, at) => !stays(take, at)) }
}
