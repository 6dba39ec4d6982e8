import type { Readable } from 'node:stream'

/** Bytes `start` to `end`, both included. */
export interface ByteRange {
  start: number
  end: number
}

export interface ObjectFacts {
  key: string
  bytes: number
}

/**
 * Where bytes are kept. A key is words of letters, digits, `.`, `_` and `-` joined by `/`. A write replaces what was
 * there, and is seen whole or not at all.
 */
export interface ObjectStore {
  /** Resolves to how many bytes it took. */
  write(key: string, source: Readable, signal?: AbortSignal): Promise<number>
  /** Like `write`, of a local file, which may be gone afterwards. */
  take(key: string, path: string, signal?: AbortSignal): Promise<void>
  /** Rejects with `NoSuchObject` when there is nothing. */
  read(key: string, range?: ByteRange): Promise<Readable>
  stat(key: string): Promise<ObjectFacts | undefined>
  /** Of what does not exist: done. */
  remove(key: string): Promise<void>
  /** Everything below `prefix`, which ends with `/`. */
  list(prefix: string): AsyncIterable<ObjectFacts>
  /** Where a local program can read it, if it lies on this machine. */
  path?(key: string): string
  close(): void
}

export class NoSuchObject extends Error {
  override name = 'NoSuchObject'
}

const keyForm = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*\/?$/

/** Keys are ours, never a person's: anything else is a mistake in the program. */
export function checkedKey(key: string): string {
  if (!keyForm.test(key)) throw new Error(`${key} cannot name an object`)
  return key
}
