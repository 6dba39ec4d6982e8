/** Two modules in one process: what a call from one to the other takes beyond a call of the function itself. */
import type { Client } from '@cenopie/platform-contract'
import { defineContract } from '@cenopie/platform-contract'
import { defineModule } from '@cenopie/platform-runtime'
import type { Module } from '@cenopie/platform-runtime'
import { answerRuns } from '../answer-runs.ts'
import { context } from './context.ts'
import { echo, echoContract, input, repeat } from './echo.ts'
import { startProcess } from './process.ts'

let neighbour: Client<typeof echoContract> | undefined
const caller = defineModule({
  contract: defineContract({ name: 'caller', operations: {}, events: {} }),
  requires: { echo: echoContract },
  prisma: new URL('../no-migrations/', import.meta.url),
  start({ requires }) {
    neighbour = requires.echo
    return { operations: {} }
  },
})
await startProcess('calls', [caller, echo] as unknown as Module[])
const client = neighbour as unknown as Client<typeof echoContract>

answerRuns(async (calls) => {
  const called = await timed(calls, () => client.repeat(input, context()))
  return called - (await timed(calls, () => repeat(input, context())))
})

/** Milliseconds of this process that so many calls take, one after the other; what else runs on the machine is not counted. */
async function timed(calls: number, once: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  for (let call = 0; call < calls; call += 1) await once()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
