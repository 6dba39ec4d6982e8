import { randomBytes } from 'node:crypto'
import type { Connection } from '../client/client.ts'
import type { Mailbox } from '../client/mailbox.ts'

/** How far a step is, from 0 to 1, and what is being done. */
export type Tell = (share: number, doing: string) => void

/** A step of which nobody is told. */
export const untold: Stage['step'] = (_title, work) => work(() => {})

/** Where a journey happens: how the platform is reached, and everything the people of the story share. */
export interface Stage extends Omit<Connection, 'token'> {
  mailbox: Mailbox
  /** Makes names of one run unlike those of any other, so that a journey can be repeated. */
  unique: () => string
  /** Runs one step of the story; whoever tells it prints its title and time, and how far it is while it runs. */
  step: <T>(title: string, work: (tell: Tell) => Promise<T>) => Promise<T>
}

/** What `unique` is unless runs are to be compared. */
export function atRandom(): string {
  return randomBytes(4).toString('hex')
}
