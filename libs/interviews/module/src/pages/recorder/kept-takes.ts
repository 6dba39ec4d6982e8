import type { interviewsContract, RecordedMode } from '@cenopie/interviews-contract'
import type { Output } from '@cenopie/platform-contract'

export type Ticket = Output<(typeof interviewsContract)['operations']['beginTake']>

/** A recording on this device that has not arrived, so that it survives a reload; one for each question. */
export interface KeptTake {
  interviewId: string
  questionId: string
  mode: RecordedMode
  ticket: Ticket
  type: string
  /** Once it is recorded. Until then there are pieces. */
  whole?: Blob
  /** Whether the person has said to send it. */
  sending: boolean
  /** Where its upload goes on. */
  uploadUrl?: string
}

export type WholeTake = KeptTake & { whole: Blob }

const key = ({ interviewId, questionId }: Pick<KeptTake, 'interviewId' | 'questionId'>) => [
  interviewId,
  questionId,
]
const piecesOf = (take: Pick<KeptTake, 'interviewId' | 'questionId'>) =>
  IDBKeyRange.bound(key(take), [...key(take), []])

let opened: Promise<IDBDatabase> | undefined

function database(): Promise<IDBDatabase> {
  const opening = indexedDB.open('cenopie-interviews', 1)
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('takes', { keyPath: ['interviewId', 'questionId'] })
    opening.result.createObjectStore('pieces')
  }
  return (opened ??= done(opening))
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('the browser keeps nothing'))
  })
}

async function store(name: 'takes' | 'pieces'): Promise<IDBObjectStore> {
  return (await database()).transaction(name, 'readwrite').objectStore(name)
}

/** Where a browser keeps nothing, as in some private windows, everything goes on but a reload loses the recording. */
async function ifKept(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => console.warn(error))
}

/** Keeps what is known of a take; once it is whole, that instead of its pieces. */
export function keep(take: KeptTake): Promise<void> {
  return ifKept(async () => {
    await done((await store('takes')).put(take))
    if (take.whole) await done((await store('pieces')).delete(piecesOf(take)))
  })
}

export function keepPiece(take: KeptTake, number: number, piece: Blob): Promise<void> {
  return ifKept(async () => done((await store('pieces')).put(piece, [...key(take), number])))
}

export function forget(take: KeptTake): Promise<void> {
  return ifKept(async () => {
    await done((await store('takes')).delete(key(take)))
    await done((await store('pieces')).delete(piecesOf(take)))
  })
}

/** What was kept of an interview, whole. What was begun and broke off is as long as it had become. */
export async function keptTakes(interviewId: string): Promise<WholeTake[]> {
  const found: WholeTake[] = []
  await ifKept(async () => {
    const takes = (await done((await store('takes')).getAll())) as KeptTake[]
    for (const take of takes) {
      // Nobody could send it any more, whichever interview it was for.
      if (Date.parse(take.ticket.expiresAt) < Date.now() && !take.sending) await forget(take)
      else if (take.interviewId === interviewId) found.push({ ...take, whole: await wholeOf(take) })
    }
  })
  return found
}

async function wholeOf(take: KeptTake): Promise<Blob> {
  if (take.whole) return take.whole
  const pieces = (await done((await store('pieces')).getAll(piecesOf(take)))) as Blob[]
  return new Blob(pieces, { type: take.type })
}
