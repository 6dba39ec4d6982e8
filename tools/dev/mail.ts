import { mkdirSync } from 'node:fs'

/** A real SMTP server that delivers nothing: it shows what it received, over HTTP, and keeps it in `folder`. */
export async function startMail(options: {
  smtp: number
  web: number
  folder: string
}): Promise<{ stop: () => Promise<void> }> {
  // Two thirds of what a start loads, which one that is refused does without.
  const { MailDev } = await import('maildev')
  mkdirSync(options.folder, { recursive: true })
  const server = new MailDev({
    smtp: options.smtp,
    web: options.web,
    ip: '127.0.0.1',
    webIp: '127.0.0.1',
    mailDirectory: options.folder,
    maxEmails: 1000,
    silent: true,
  })
  // It tells its address on the console even when silent.
  const { info } = console
  console.info = () => undefined
  await server.start().finally(() => (console.info = info))
  return { stop: () => server.stop() }
}
