import { randomBytes } from 'node:crypto'
import type { Exchange } from '../client/client.ts'
import type { Mailbox } from '../client/mailbox.ts'

/** Where a journey happens. */
export interface Stage {
  /** The platform's address, without trailing slash. */
  url: string
  mailbox: Mailbox
  /** Runs one step of the story; whoever tells it prints its title and time. */
  step: <T>(title: string, work: () => Promise<T>) => Promise<T>
  observe?: ((exchange: Exchange) => void) | undefined
}

/** Makes names of one run unlike those of any other, so that a journey can be repeated. */
export function unique(): string {
  return randomBytes(4).toString('hex')
}
