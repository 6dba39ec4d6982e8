import { eventually } from './eventually.ts'

export interface Mail {
  /** Of the message: a repeat of the same mail has the same. */
  messageId: string
  to: string
  subject: string
  text: string
}

interface Stored {
  headers: Record<string, string | string[]>
  subject: string
  text?: string
  to: { address: string }[]
}

/** The mail that a maildev received, over its REST API. */
export class Mailbox {
  /** Of maildev's web interface, without trailing slash. */
  readonly url: string

  constructor(url: string) {
    this.url = url
  }

  /** All mail to one address, in the order of arrival; without an address, all there is. */
  async list(address?: string): Promise<Mail[]> {
    const query = address === undefined ? '' : `?${new URLSearchParams({ 'to.address': address })}`
    const response = await fetch(`${this.url}/api/email${query}`)
    if (!response.ok) throw new Error(`The mail inbox at ${this.url} answered ${response.status}`)
    const stored = (await response.json()) as Stored[]
    return stored.map(({ headers, subject, text = '', to }) => ({
      messageId: String(headers['message-id']),
      subject,
      text,
      to: to[0]?.address ?? '',
    }))
  }

  /** Waits for a mail whose subject matches; of several the latest. */
  waitFor(address: string, subject: RegExp): Promise<Mail> {
    return eventually(`mail to ${address} about ${subject.source}`, async () =>
      (await this.list(address)).findLast((mail) => subject.test(mail.subject)),
    )
  }
}

/** Mail by message: one that a kill left in doubt is sent again, and is the same message. */
export function messagesOf(mails: readonly Mail[]): Mail[] {
  return [...new Map(mails.map((mail) => [mail.messageId, mail])).values()]
}

/** The secret of a mail's link: 32 random bytes in base64url. */
export function tokenIn(mail: Mail): string {
  const token = /(?<![\w-])[\w-]{43}(?![\w-])/.exec(mail.text)?.[0]
  if (!token) throw new Error(`The mail "${mail.subject}" holds no link with a token:\n${mail.text}`)
  return token
}
