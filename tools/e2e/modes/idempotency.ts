import { randomUUID } from 'node:crypto'
import type { Exchange } from '@cenopie/e2e'

/** Whether the platform keeps the first answer to this operation for an Idempotency-Key. */
export function keyed({ method, sensitive }: Exchange['operation']): boolean {
  return method !== 'GET' && !sensitive
}

export function newKey(): Record<string, string> {
  return { 'Idempotency-Key': randomUUID() }
}
