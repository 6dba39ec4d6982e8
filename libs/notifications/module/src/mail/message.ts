import type { SendMailOptions } from 'nodemailer'
import { oneLine } from '../domain/one-line.ts'
import { asHtml } from './as-html.ts'
import { asText } from './as-text.ts'
import type { Letter } from './envelope.ts'

export interface Addressed extends Letter {
  /** Of the `mail` row: the same on every try, so the Message-ID is too and a receiver can drop a repeat. */
  id: string
  to: string
  from: string
  date: Date
}

/** A letter as multipart/alternative with the headers of automatic mail (RFC 3834, RFC 2369, RFC 8058). */
export function message(letter: Addressed): SendMailOptions {
  const { id, to, from, name, content, unsubscribeUrl, date } = letter
  return {
    messageId: `<${id}@${domainOf(from)}>`,
    date,
    from,
    to: { name: oneLine(name ?? '', 100), address: to },
    subject: content.subject,
    text: asText(letter),
    html: asHtml(letter),
    headers: { 'Auto-Submitted': 'auto-generated', ...oneClick(unsubscribeUrl) },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** `prepared`: the address must stay in one piece, and is ASCII anyway. */
function oneClick(url: string | undefined) {
  if (url === undefined) return {}
  return {
    'List-Unsubscribe': { prepared: true, value: `<${url}>` },
    'List-Unsubscribe-Post': { prepared: true, value: 'List-Unsubscribe=One-Click' },
  }
}

const domainOf = (from: string) => /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost'

/** One plain address: nothing that could add a recipient, a header or an SMTP command. */
export const isPlainAddress = (address: string) =>
  /^[^\s\p{Cc}<>(),:;"@]+@[^\s\p{Cc}<>(),:;"@]+$/u.test(address)
