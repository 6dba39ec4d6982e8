/** What the receiving side, or the way to it, said. */
export interface Refusal {
  /** Trying again is of no use: the address or the message itself was refused. */
  permanent: boolean
  reason: string
}

/** nodemailer's codes for a refused sender, recipient or message; all else is the connection or the login. */
const aboutTheMail = new Set(['EENVELOPE', 'EMESSAGE'])
/** Replies with 5xx that speak of how we are set up, not of this mail: authentication or encryption required. */
const aboutUs = new Set([530, 534, 535, 538])

export function refusalOf(error: unknown): Refusal {
  const { code, responseCode, message } = error as Partial<Record<string, unknown>>
  const permanent =
    typeof code === 'string' &&
    aboutTheMail.has(code) &&
    typeof responseCode === 'number' &&
    responseCode >= 500 &&
    !aboutUs.has(responseCode)
  // nodemailer's message says what failed and repeats the server's answer.
  const reason = typeof message === 'string' ? message : String(error)
  return { permanent, reason: reason.slice(0, 500) }
}
