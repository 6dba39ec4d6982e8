import { setTimeout as pause } from 'node:timers/promises'
import type { Delivery, Exchange } from '@cenopie/e2e'
import type { Gate } from './gate.ts'
import { keyed, newKey } from './idempotency.ts'

/** A client gives up after this long. */
const patienceMs = 60_000
/** Between two tries, unless the answer says when to come back. */
const paceMs = 150

/**
 * A client that does not take "not now" for an answer: what met a fault on its way is sent again, a write with the same
 * Idempotency-Key. Sensitive writes take no key, so nothing is killed while one is under way; a fault then means that
 * it was not carried out.
 */
export function persistent(gate: Gate, onCall: () => void): Delivery {
  return async ({ operation, name }, send) => {
    onCall()
    const key = keyed(operation) ? newKey() : undefined
    const careful = key === undefined && !operation.repeatable
    const attempt = () => (careful ? gate.pass(() => send()) : send(key))
    const deadline = performance.now() + patienceMs
    for (;;) {
      const answer = await attempt().catch((error: unknown) => error as Error)
      if (!(answer instanceof Error) && !isFault(answer)) return answer
      if (performance.now() > deadline) {
        const last =
          answer instanceof Error ? answer.message : `${answer.status} ${JSON.stringify(answer.body)}`
        throw new Error(`${name} got no answer in ${patienceMs / 1000} seconds; at last: ${last}`)
      }
      await pause(answer instanceof Error ? paceMs : comeBackMs(answer))
    }
  }
}

function comeBackMs({ headers }: Exchange): number {
  return Number(headers.get('retry-after') ?? 0) * 1000 || paceMs
}

function isFault({ status, body }: Exchange): boolean {
  if (status === 502 || status === 503 || status === 504) return true
  return status === 409 && (body as { code?: unknown }).code === 'idempotency-in-flight'
}
