import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Service } from './settings.ts'

export const titles: Record<Service, string> = {
  api: 'the API',
  mail: 'the mail inbox',
  smtp: 'the mail server',
  queues: 'the queue dashboard',
  postgres: 'PostgreSQL',
  redis: 'Redis',
}

/** Whether nobody listens on a port of the loopback interface. */
export async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}

/**
 * Rejects with one line if a port is taken. `patience`, in milliseconds: after a launcher was killed, what it started
 * needs a moment to notice.
 */
export async function requireFreePorts(
  wanted: readonly { port: number; title: string }[],
  patience: number,
): Promise<void> {
  const deadline = Date.now() + patience
  for (const { port, title } of wanted) {
    while (!(await isFree(port))) {
      if (Date.now() >= deadline)
        throw new Error(`Port ${port}, for ${title}, is taken. Set CENOPIE_PORT to another first port.`)
      await pause(100)
    }
  }
}
