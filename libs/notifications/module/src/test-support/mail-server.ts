import { once } from 'node:events'
import { simpleParser } from 'mailparser'
import type { ParsedMail } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export interface Received {
  to: string[]
  mail: ParsedMail
  /** As it came over the wire. */
  source: string
}

export interface Reply {
  code: number
  text: string
}

export interface MailServer {
  readonly url: string
  /** In the order of arrival. */
  readonly received: readonly Received[]
  /** Resolves when that many mails have arrived since the start. */
  arrived(count: number): Promise<readonly Received[]>
  /** What the server says to recipients from now on; undefined: welcome. */
  refuse(reply: Reply | undefined): void
  /** Called when a mail is complete and before the server answers 250. */
  beforeYes: (() => Promise<void>) | undefined
  /** Cuts every connection. */
  drop(): Promise<void>
  stop(): Promise<void>
  /** On the same port as before. */
  start(): Promise<void>
}

/** A real SMTP server that keeps what it gets. */
export async function mailServer(): Promise<MailServer> {
  const received: Received[] = []
  let refusal: Reply | undefined
  let port = 0
  let wake: () => void = () => {}
  let server: SMTPServer | undefined

  const create = () =>
    new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      closeTimeout: 50,
      onRcptTo: (_address, _session, answer) =>
        answer(refusal ? Object.assign(new Error(refusal.text), { responseCode: refusal.code }) : undefined),
      onData(stream, session, answer) {
        void (async () => {
          const chunks: Buffer[] = []
          for await (const chunk of stream) chunks.push(chunk as Buffer)
          const source = Buffer.concat(chunks).toString('utf8')
          received.push({
            to: session.envelope.rcptTo.map(({ address }) => address),
            mail: await simpleParser(source),
            source,
          })
          await self.beforeYes?.()
          answer()
          wake()
        })()
      },
    })

  const self: MailServer = {
    get url() {
      return `smtp://127.0.0.1:${port}`
    },
    received,
    async arrived(count) {
      while (received.length < count) await new Promise<void>((resolve) => (wake = resolve))
      return received
    },
    refuse(reply) {
      refusal = reply
    },
    beforeYes: undefined,
    async start() {
      server = create()
      server.on('error', () => {})
      const listener = server.listen(port, '127.0.0.1')
      await once(listener, 'listening')
      port = (listener.address() as { port: number }).port
    },
    async drop() {
      for (const { _socket: socket } of server?.connections ?? []) {
        const closed = once(socket, 'close')
        socket.destroy()
        await closed
      }
    },
    async stop() {
      const running = server
      server = undefined
      if (running) await new Promise<void>((resolve) => running.close(() => resolve()))
    },
  }
  await self.start()
  return self
}
