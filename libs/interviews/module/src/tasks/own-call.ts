import { randomBytes, randomUUID } from 'node:crypto'
import { service, type CallContext } from '@cenopie/platform-contract'

const seconds = 30

/** A call on the module's own account where nothing hands one over. */
export function ownCall(): CallContext {
  return {
    actor: service('interviews'),
    requestId: randomUUID(),
    traceparent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`,
    deadline: Date.now() + seconds * 1000,
  }
}
