import type { z } from 'zod'
import type { Links } from '../domain/links.ts'
import { oneLine } from '../domain/one-line.ts'
import type { NotificationKind } from '../domain/kinds.ts'

/** A piece of a mail. Templates write words, never markup: text and HTML are both made from these. */
export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'action'; label: string; url: string }
  /** A secret to copy, for whom the link does not work. */
  | { kind: 'code'; label: string; value: string }
  /** Somebody's own words, line breaks kept. */
  | { kind: 'quote'; text: string }

export interface MailContent {
  subject: string
  /** What inboxes show beside the subject. */
  preheader: string
  blocks: Block[]
}

export interface InAppContent {
  title: string
  body?: string
}

interface Spec<F extends z.ZodType> {
  type: NotificationKind
  /** What the template needs to know; stored with a mail until it is sent. */
  facts: F
  inApp?: (facts: z.output<F>) => InAppContent
  mail?: (facts: z.output<F>, links: Links) => MailContent
}

/** One type of notification in words. */
export interface Template<F extends z.ZodType = z.ZodType> {
  readonly type: NotificationKind
  readonly facts: F
  /** Undefined when the type does not appear in the inbox. Both take stored facts and check them. */
  readonly inApp: ((facts: unknown) => Required<InAppContent>) | undefined
  readonly mail: ((facts: unknown, links: Links) => MailContent) | undefined
}

export function template<F extends z.ZodType>({ type, facts, inApp, mail }: Spec<F>): Template<F> {
  return {
    type,
    facts,
    inApp:
      inApp &&
      ((stored) => {
        const { title, body = '' } = inApp(facts.parse(stored))
        return { title: oneLine(title, 300), body: oneLine(body, 1500) }
      }),
    mail:
      mail &&
      ((stored, links) => {
        const content = mail(facts.parse(stored), links)
        return { ...content, subject: oneLine(content.subject), preheader: oneLine(content.preheader) }
      }),
  }
}

export const text = (...sentences: string[]): Block => ({ kind: 'text', text: sentences.join(' ') })
export const action = (label: string, url: string): Block => ({ kind: 'action', label, url })
export const code = (label: string, value: string): Block => ({ kind: 'code', label, value })
export const quote = (words: string): Block => ({ kind: 'quote', text: words })
