import { startTopology } from '../topology/index.ts'
import { readTopology } from '../topology/topology.ts'
import type { Launch } from './launch.ts'
import { endedBy, type Platform, type Servers } from './monolith.ts'
import { baseDatabase, foldersOf, processPorts } from './settings.ts'

/** The processes of a topology, behind a gateway on the API's port. */
export async function startApart({ settings, started, say }: Launch, servers: Servers): Promise<Platform> {
  const { topology, ports, dataDir } = settings
  say(`Migrating, and starting the processes of topology ${topology} and the gateway …`)
  const starting = startTopology({
    topology,
    databaseUrl: baseDatabase(settings, servers.database),
    redisUrl: servers.redis,
    smtpUrl: `smtp://127.0.0.1:${ports.smtp}`,
    env: { CENOPIE_MEDIA_FOLDER: foldersOf(dataDir).media, ...process.env },
    ports: [ports.api, ...processPorts(ports.api, readTopology(topology).processes.length)],
    folder: foldersOf(dataDir).logs,
  })
  started.push(`topology ${topology}`, () =>
    starting.then(
      (running) => running.stop(),
      () => undefined,
    ),
  )
  const { url, processes } = await starting
  const all = [...processes.values()]
  const ended = Promise.race(
    all.map(async (process) => endedBy(process.name, await process.exited, process.output)),
  )
  return { url, processes: all.map(({ name, url, log }) => ({ name, url, log })), ended }
}
