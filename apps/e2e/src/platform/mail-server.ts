import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Mailbox } from '../client/mailbox.ts'
import { freePort } from '@cenopie/platform-testing/servers'

export interface MailServer {
  smtpUrl: string
  mailbox: Mailbox
  stop(): Promise<void>
}

/** A real SMTP server whose mail can be read over HTTP. */
export async function startMailServer(): Promise<MailServer> {
  // Two seconds of work to load: whoever only tells stories does without.
  const { MailDev } = await import('maildev')
  const folder = await mkdtemp(join(tmpdir(), 'cenopie-mail-'))
  const [smtp, web] = [await freePort(), await freePort()]
  const server = new MailDev({
    smtp,
    web,
    ip: '127.0.0.1',
    webIp: '127.0.0.1',
    mailDirectory: folder,
    silent: true,
  })
  // It tells its address on the console even when silent.
  const { info } = console
  console.info = () => undefined
  await server.start().finally(() => (console.info = info))
  return {
    smtpUrl: `smtp://127.0.0.1:${smtp}`,
    mailbox: new Mailbox(`http://127.0.0.1:${web}`),
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
