import { randomBytes } from 'node:crypto'
import { service, type CallContext } from '@cenopie/platform-contract'

/** Nobody asked for it: a trace begins here. */
export function ownCall(): CallContext {
  const hex = (bytes: number) => randomBytes(bytes).toString('hex')
  return {
    actor: service('search'),
    requestId: hex(16),
    traceparent: `00-${hex(16)}-${hex(8)}-01`,
    deadline: Date.now(),
  }
}
