import { isDeepStrictEqual } from 'node:util'
import type { Delivery } from '@cenopie/e2e'
import { keyed, newKey } from './idempotency.ts'

/**
 * Sends everything twice that may come twice: what is repeatable as it is, other writes with the same Idempotency-Key.
 * The first answer counts. Rejects if a repeat breaks something, or is answered otherwise where it must not be.
 */
export const twice: Delivery = async (call, send) => {
  const { operation, name } = call
  if (operation.repeatable) {
    const first = await send()
    const again = await send()
    if (again.status >= 500) throw new Error(`${name} answered ${first.status}, then ${again.status}`)
    return first
  }
  if (!keyed(operation)) return send()
  const key = newKey()
  const first = await send(key)
  const again = await send(key)
  const same = again.status === first.status && isDeepStrictEqual(again.body, first.body)
  // A refusal is not kept for the key: a retry may succeed.
  if (first.status < 400 && !same)
    throw new Error(
      `${name} answered ${first.status} ${JSON.stringify(first.body)}, and the same request with the same ` +
        `Idempotency-Key ${again.status} ${JSON.stringify(again.body)}`,
    )
  return first
}
