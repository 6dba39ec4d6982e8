import { createHash } from 'node:crypto'
import type { Client, Contract } from '@cenopie/platform-contract'
import { rehearsedTotal } from '@cenopie/platform-telemetry'
import { clientOf } from './client.ts'
import type { Method } from './client.ts'
import { NoAnswer } from './transport.ts'

/** `duplicate`, or `faults:<seed>` with the share of calls and jobs that something happens to, if not a tenth. */
export const rehearsalForm = /^(?:duplicate|faults:([\w-]{1,64})(?::(0(?:\.\d+)?|1))?)$/
const usualRate = '0.1'

/**
 * What one day happens between services, on purpose: everything that may come twice does, or calls fail before or
 * after they were carried out. Every topology must come to the same end.
 */
export interface Rehearsal {
  /** What a caller has of a domain, here or elsewhere. */
  client<C extends Contract>(contract: C, client: Client<C>): Client<C>
  /** How many times the next job of a module's outbox is handed over. */
  copies(module: string): () => number
}

/** Decisions follow from the seed, the process, and the number of calls and jobs before: a run can be repeated. */
export function rehearsalOf(text: string | undefined, process: string): Rehearsal | undefined {
  if (text === undefined) return undefined
  const [, seed, rate = usualRate] = rehearsalForm.exec(text) ?? []
  return seed === undefined ? duplicates : withFaults(seed, Number(rate), process)
}

const duplicates: Rehearsal = {
  client: (contract, client) =>
    clientOf(contract, (key, operation) => {
      const method = client[key] as Method
      if (!operation.repeatable) return method
      return async (input, call) => {
        await method(input, call).catch(() => undefined)
        return method(input, call)
      }
    }),
  copies: () => () => 2,
}

function withFaults(seed: string, rate: number, process: string): Rehearsal {
  return {
    client(contract, client) {
      const draw = draws(seed, process, `calls:${contract.name}`)
      return clientOf(contract, (key) => failing(client[key] as Method, draw, rate))
    },
    copies(module) {
      const draw = draws(seed, process, `jobs:${module}`)
      return () => {
        if (draw() >= rate) return 1
        rehearsedTotal.inc({ what: 'job' })
        return 2
      }
    },
  }
}

/** Half of the failures come before the call, half when it is done. */
function failing(method: Method, draw: () => number, rate: number): Method {
  return async (input, call) => {
    const drawn = draw()
    if (drawn < rate / 2) throw rehearsed(false)
    const answer = await method(input, call)
    if (drawn < rate) throw rehearsed(true)
    return answer
  }
}

function rehearsed(sent: boolean): NoAnswer {
  rehearsedTotal.inc({ what: sent ? 'call-after' : 'call-before' })
  return new NoAnswer({ sent, cause: new Error('rehearsed') })
}

/** Numbers from 0 to 1 that look random and are the same each time. */
function draws(...names: string[]): () => number {
  let drawn = 0
  return () => {
    drawn += 1
    return (
      createHash('sha256')
        .update([...names, drawn].join(' '))
        .digest()
        .readUInt32BE() /
      2 ** 32
    )
  }
}
