import { isChangeable } from '../domain/catalogue.ts'
import type { Links } from '../domain/links.ts'
import { signSubscription } from '../domain/unsubscribe-token.ts'
import { templates } from '../templates/index.ts'
import { message } from './message.ts'
import type { Smtp } from './smtp.ts'
import { typeOf, type NotificationKind } from '../domain/kinds.ts'

/** What is sent, to whom. */
export interface Parcel {
  id: string
  type: NotificationKind
  address: string
  userId: string | undefined
  name: string | undefined
  facts: unknown
  createdAt: Date
}

export interface Postman {
  /** Resolves with the server's answer. */
  send(parcel: Parcel, signal: AbortSignal): Promise<string>
}

/** Writes a mail from its template and hands it to the server. */
export function postman(smtp: Smtp, links: Links, from: string, linkSecret: string): Postman {
  function unsubscribeUrl({ userId, type }: Parcel): string | undefined {
    if (userId === undefined || !isChangeable(typeOf(type), 'mail')) return undefined
    return links.unsubscribe(signSubscription({ userId, type: typeOf(type) }, linkSecret))
  }
  return {
    async send(parcel, signal) {
      const { id, type, address, name, facts, createdAt } = parcel
      const content = templates[type].mail?.(facts, links)
      if (!content) throw new Error(`${type} is not sent by mail`)
      const letter = { content, name, unsubscribeUrl: unsubscribeUrl(parcel) }
      return smtp.send(message({ ...letter, id, to: address, from, date: createdAt }), signal)
    },
  }
}
