import type { Mailbox } from '@cenopie/e2e'
import { heading, line, muted } from './terminal.ts'

/** What arrived by mail, in the order of arrival. */
export async function printInbox(mailbox: Mailbox, people: { name: string; email: string }[]): Promise<void> {
  heading('The mail in the inbox')
  for (const { name, email } of people) {
    line(`${name} ${muted(`<${email}>`)}`)
    for (const { subject } of await mailbox.list(email)) line(`   ${subject}`)
  }
}
