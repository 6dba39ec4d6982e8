import type { Exchange } from '@cenopie/e2e'
import type { Addresses } from './address.ts'
import { heading, line, muted } from './terminal.ts'

/** Where to see for oneself what happened. */
export function printEnding(
  { api, mail, queues, log }: Addresses,
  recruiter: { email: string; password: string },
  exchanges: readonly Exchange[],
): void {
  heading('See for yourself')
  const submit = exchanges.find(({ name }) => name === 'interviews.submitInterview')
  const requestId = submit?.headers.get('x-request-id')
  const trace = submit?.headers.get('traceparent')?.split('-')[1]
  const rows = [
    ['submitting', `${Math.round(submit?.elapsed ?? 0)} ms, answered ${submit?.status} before any analysis`],
    ['its log lines', `grep ${requestId} ${log}`],
    ['its trace', `${trace} (from the request through outbox and queue to the mail: grep it too)`],
    ['queues', queues],
    ['mail', mail],
    ['API', `${api}/docs`],
    ['sign in as', `${recruiter.email}, password "${recruiter.password}"`],
  ]
  for (const [what, where] of rows) line(`${muted(String(what).padEnd(14))}${where}`)
  line()
  line(`${exchanges.length} requests; every step held.`)
}
