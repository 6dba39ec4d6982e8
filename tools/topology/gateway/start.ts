import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ensureInstalled, run, supervise } from '@cenopie/platform-testing/servers'
import type { Plan } from '../plan.ts'
import { caddyfile } from './caddyfile.ts'

/** Starts Caddy before the processes of a plan, on a port of the loopback interface. `folder` receives its files. */
export async function startGateway(
  plan: Plan,
  { port, folder, patience }: { port: number; folder: string; patience?: number },
): Promise<{ stop(): Promise<void> }> {
  await ensureInstalled({ command: 'caddy', version: 'version' })
  const file = join(folder, 'Caddyfile')
  await mkdir(folder, { recursive: true })
  const accessLog = join(folder, 'gateway.log')
  await writeFile(
    file,
    caddyfile(plan, { address: `http://:${port}`, bind: '127.0.0.1', accessLog, patience }),
  )
  return supervise({
    name: 'The gateway',
    // Where Caddy keeps what it remembers; `supervise` passes no HOME.
    command: 'env',
    args: [`HOME=${folder}`, 'caddy', 'run', '--adapter', 'caddyfile', '--config', file],
    ready: /serving initial configuration/,
    stopSignal: 'TERM',
  })
}

/** Whether Caddy accepts a configuration. Rejects with what it says about it. */
export async function validate(configuration: string, folder: string): Promise<void> {
  await ensureInstalled({ command: 'caddy', version: 'version' })
  const file = join(folder, 'Caddyfile')
  await writeFile(file, configuration)
  await run('env', [`HOME=${folder}`, 'caddy', 'validate', '--adapter', 'caddyfile', '--config', file])
}
