import { fileOwner, purpose } from '@cenopie/media-contract'
import { z } from 'zod'
import { isSignature, signature } from './signature.ts'

/** Everything that was decided when the upload was allowed. */
const ticket = z.object({
  fileId: z.uuid(),
  purpose,
  owner: fileOwner,
  userId: z.uuid().optional(),
  companyId: z.uuid().optional(),
  maxBytes: z.int().min(1),
  maxSeconds: z.int().min(1).optional(),
  filename: z.string().optional(),
  alt: z.string(),
  /** Epoch milliseconds. */
  expiresAt: z.int(),
})
export type Ticket = z.output<typeof ticket>

export function signTicket(secret: string, content: Ticket): string {
  const body = Buffer.from(JSON.stringify(content)).toString('base64url')
  return `${body}.${signature(secret, 'ticket', body)}`
}

/** The ticket, if we signed it and it has not expired. Whether it was used is known to the table of files. */
export function readTicket(secret: string, text: string, now: number): Ticket | undefined {
  const [body = '', mac = '', ...rest] = text.split('.')
  if (rest.length > 0 || !isSignature(mac, secret, 'ticket', body)) return undefined
  const content = ticket.parse(JSON.parse(Buffer.from(body, 'base64url').toString()))
  return content.expiresAt > now ? content : undefined
}
