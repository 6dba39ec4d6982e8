import { join } from 'node:path'
import { dataFolders, holderOf } from '../dev/claim.ts'
import { foldersOf, readSettings, type Environment } from '../dev/settings.ts'

export interface Addresses {
  api: string
  /** Web interface and REST API of the development mail server. */
  mail: string
  queues: string
  /** The file that the platform's log goes to, or a pattern for those of its processes. */
  log: string
}

/** Where `npm start` puts things. */
export function addressesFrom(env: Environment): Addresses {
  const { ports, dataDir } = readSettings(env, join(import.meta.dirname, '../..'))
  const at = (port: number) => `http://127.0.0.1:${port}`
  return { api: at(ports.api), mail: at(ports.mail), queues: at(ports.queues), log: logOf(dataDir) }
}

function logOf(dataDir: string): string {
  const running = dataFolders(dataDir).find((folder) => holderOf(foldersOf(folder).launcher) !== undefined)
  if (running === undefined || running === dataDir) return foldersOf(dataDir).log
  return join(foldersOf(running).logs, '*.log')
}

/** Rejects with what to do when the platform or its mail inbox does not answer. */
export async function requirePlatform({ api, mail }: Addresses): Promise<void> {
  const [ready, inbox] = await Promise.all([
    answers(`${api}/health/ready`),
    answers(`${mail}/api/email?limit=1`),
  ])
  if (!ready) {
    throw new Error(
      `The platform does not answer at ${api}.\n` +
        'Start it with "npm start" in another terminal; CENOPIE_PORT names another port than 3000.',
    )
  }
  if (!inbox)
    throw new Error(`The platform runs, but no mail inbox answers at ${mail}: start both with "npm start".`)
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(5000) }).then(
    ({ ok }) => ok,
    () => false,
  )
}
