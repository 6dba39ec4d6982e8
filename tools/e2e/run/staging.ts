import { createHash } from 'node:crypto'
import { untold, type Delivery, type Exchange, type MailServer, type Stage } from '@cenopie/e2e'

/** What one journey did, in order. */
export interface Told {
  /** Each call's last answer; of several looks for the same thing the last. */
  exchanges: Exchange[]
}

/** The same names in every run of a journey; another journey's differ. */
export function namesOf(journey: string): () => string {
  let made = 0
  return () => {
    made += 1
    return createHash('sha256').update(`${journey} ${made}`).digest('hex').slice(0, 8)
  }
}

/** A stage that remembers what was said on it. */
export function staged(
  journey: string,
  { url, mail, deliver }: { url: string; mail: MailServer; deliver?: Delivery | undefined },
): { stage: Stage; told: Told } {
  const told: Told = { exchanges: [] }
  const stage: Stage = {
    url,
    mailbox: mail.mailbox,
    unique: namesOf(journey),
    step: untold,
    deliver,
    observe: remember(told.exchanges),
  }
  return { stage, told }
}

function remember(exchanges: Exchange[]): (exchange: Exchange) => void {
  return (exchange) => {
    const earlier = exchanges.findIndex(
      ({ look }) => look && look.wait === exchange.look?.wait && look.turn < exchange.look.turn,
    )
    if (earlier >= 0) exchanges.length = earlier
    exchanges.push(exchange)
  }
}
