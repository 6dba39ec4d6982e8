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

/**
 * The process's structured log: one JSON object per line on standard output, written in batches
 * (4 KiB or 200 ms) so that a request does not wait for the pipe. `flush()` empties it.
 */
export function createLogger(options: { service: string; level: string }): Logger & { flushNow(): void } {
  const stream = destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: 200 })
  const log = pino(
    {
      level: options.level,
      base: { service: options.service, pid: process.pid },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secrets.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
    },
    stream,
  )
  return Object.assign(log, { flushNow: () => stream.flushSync() })
}
