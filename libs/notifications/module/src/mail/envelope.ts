import type { MailContent } from '../templates/template.ts'

/** Content with what the shared layout adds around it. */
export interface Letter {
  content: MailContent
  /** Undefined when nobody knows: an invitation to an address without an account. */
  name: string | undefined
  /** Undefined for critical mail, which cannot be turned off. */
  unsubscribeUrl: string | undefined
}

export const greeting = ({ name }: Letter) => (name === undefined ? 'Hello,' : `Hello ${name},`)

export const why = ({ unsubscribeUrl }: Letter) =>
  unsubscribeUrl === undefined
    ? 'You get this mail because it concerns your account or an invitation to you.'
    : 'You get this mail because of something that happened on Cenopie. If you no longer want mail of this kind:'
