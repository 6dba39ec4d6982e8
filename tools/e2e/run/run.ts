import { journeys, startMailServer, type Delivery, type Mail } from '@cenopie/e2e'
import { startTopology, type RunningTopology } from '../../topology/index.ts'
import { databaseSecret, type Databases } from './databases.ts'
import { publishedEntries, withoutTheClocks, type PublishedEntry } from './entries.ts'
import { untilQuiet } from './quiet.ts'
import { storedRows, type StoredRow } from './rows.ts'
import { emptyRedis, type Servers } from './servers.ts'
import { staged, type Told } from './staging.ts'

/** Everything that one run of all journeys left behind. */
export interface Outcome {
  journeys: Record<string, Told>
  entries: PublishedEntry[]
  mails: Mail[]
  rows: StoredRow[]
}

export interface RunOptions {
  topology: string
  servers: Servers
  databases: Databases
  /** For the logs of the processes. */
  folder: string
  /** Settings of the processes beside the usual. */
  env?: Record<string, string>
  deliver?: Delivery
  /** Is called when the topology runs, and what it returns when the journeys are over. */
  disturb?: (running: RunningTopology) => () => Promise<void>
  /** Is called when all is well, over, and still runs. */
  atEnd?: (running: RunningTopology) => Promise<void>
  /** Is called before the topology stops, however the run ended. */
  beforeStop?: (running: RunningTopology) => Promise<void>
  onJourney?: (name: string, milliseconds: number) => void
}

/** Nobody here is to be slowed down. */
const unlimited = { CENOPIE_RATE_LIMIT: '1000000' }

/** Starts a topology on databases of its own, lets all journeys happen at once, waits for all work to end, and looks. */
export async function run(options: RunOptions): Promise<Outcome> {
  const { topology, servers, databases, folder, deliver, disturb, atEnd, beforeStop, onJourney } = options
  const mail = await startMailServer()
  let running: RunningTopology | undefined
  try {
    // What came twice may still wait there when a run is over, and would happen in the next one.
    await emptyRedis(servers.redisUrl)
    running = await startTopology({
      topology,
      databaseUrl: databases.url,
      redisUrl: servers.redisUrl,
      smtpUrl: mail.smtpUrl,
      env: { ...unlimited, CENOPIE_DATABASE_SECRET: databaseSecret, ...options.env },
      folder,
    })
    const { url, processes } = running
    const undisturbed = disturb?.(running)
    const told = await allJourneys((name) => staged(name, { url, mail, deliver }), onJourney)
    await undisturbed?.()
    const stores = [...processes.values()]
    const urls = [...new Set(stores.map(({ databaseUrl }) => databaseUrl))]
    await untilQuiet(urls)
    await atEnd?.(running)
    return {
      journeys: told,
      entries: withoutTheClocks((await Promise.all(urls.map(publishedEntries))).flat()),
      mails: await mail.mailbox.list(),
      rows: (
        await Promise.all(stores.map(({ databaseUrl, modules }) => storedRows(databaseUrl, modules)))
      ).flat(),
    }
  } finally {
    if (running) await beforeStop?.(running)
    await running?.stop()
    await mail.stop()
  }
}

/** All at once. If some fail, the others come to their end first. */
async function allJourneys(
  stageOf: (name: string) => ReturnType<typeof staged>,
  onJourney: RunOptions['onJourney'],
): Promise<Record<string, Told>> {
  const began = performance.now()
  const ended = await Promise.allSettled(
    Object.entries(journeys).map(async ([name, journey]) => {
      const { stage, told } = stageOf(name)
      await journey(stage).catch((cause: unknown) => {
        throw new Error(`the journey ${name} failed: ${(cause as Error).message}`, { cause })
      })
      onJourney?.(name, performance.now() - began)
      return [name, told] as const
    }),
  )
  const failures = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []))
  if (failures.length > 0)
    throw new AggregateError(failures, failures.map(({ message }) => message).join('\n'))
  return Object.fromEntries(ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])))
}
