import { pino, destination, type Logger } from 'pino'

export type { Logger }

/** Keys whose values never reach a log, wherever they stand up to three levels deep. */
const secrets = [
  'password',
  'newPassword',
  'token',
  'accessToken',
  'refreshToken',
  'secret',
  'authorization',
  'cookie',
  'apiKey',
]

let stampedAt = 0
let stamp = ''

/** ISO 8601; lines of the same millisecond share it. */
function timestamp(): string {
  const now = Date.now()
  if (now !== stampedAt) {
    stampedAt = now
    stamp = `,"time":"${new Date(now).toISOString()}"`
  }
  return stamp
}

/**
 * The process's structured log: one JSON object per line on standard output, written in batches
 * (8 KiB or 200 ms) so that a request does not wait for the pipe. `flush()` empties it.
 */
export function createLogger(options: { service: string; level: string }): Logger & { flushNow(): void } {
  const stream = destination({ dest: 1, sync: false, minLength: 8_192, periodicFlush: 200 })
  const log = pino(
    {
      level: options.level,
      base: { service: options.service, pid: process.pid },
      timestamp,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secrets.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
    },
    stream,
  )
  return Object.assign(log, { flushNow: () => stream.flushSync() })
}
