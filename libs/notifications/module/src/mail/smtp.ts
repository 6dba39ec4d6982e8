import { createTransport } from 'nodemailer'
import type { SendMailOptions } from 'nodemailer'

export interface SmtpOptions {
  url: string
  /** Default: required, unless the server is on this machine. */
  tls?: 'required' | 'optional' | undefined
  connections: number
}

export interface Smtp {
  /** Resolves with the server's answer once it has taken responsibility; rejects otherwise. */
  send(message: SendMailOptions, signal: AbortSignal): Promise<string>
  close(): void
}

/** Connections are kept for a while: a burst of mail costs one handshake each, not one a mail. */
export function smtp({ url, tls, connections }: SmtpOptions): Smtp {
  const local = isLoopback(new URL(url).hostname)
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: connections,
    // The pool does not put a message back by itself when its connection closes: tries are the task's to count.
    maxRequeues: 0,
    idleTimeout: 20_000,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    dnsTimeout: 10_000,
    socketTimeout: 20_000,
    requireTLS: tls === 'required' || (tls === undefined && !local),
    // Servers on the same machine offer STARTTLS with a certificate that nobody signed.
    ignoreTLS: tls === undefined && local,
  })
  return {
    async send(message, signal) {
      const { response } = await transport.sendMail({ ...message, signal })
      return response
    },
    close: () => transport.close(),
  }
}

const isLoopback = (host: string) => host === 'localhost' || host === '[::1]' || /^127\./.test(host)
