import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { twice } from './modes/duplicate.ts'
import { faults, lasting, withoutResent } from './modes/faults.ts'
import { undisturbed } from './modes/plain.ts'
import type { Mode } from './options.ts'
import { differences } from './outcome/differences.ts'
import { factsOf, type Fact } from './outcome/facts.ts'
import { report, summary } from './outcome/report.ts'
import { databasesOf, type Databases } from './run/databases.ts'
import { run, type Outcome, type RunOptions } from './run/run.ts'
import { startServers, type Servers } from './run/servers.ts'

/** What came of one run beside the reference. */
export interface Verdict {
  /** What was compared, in numbers. */
  compared: string
  /** Empty: the outcomes are equal. */
  differences: string
  /** What was done to the run. */
  injected: string[]
}

export interface ComparisonOptions {
  /** Receives logs and recorded calls. */
  folder: string
  onJourney?: RunOptions['onJourney']
}

const reference = 'monolith'

/** Runs journeys on topologies and holds what they leave behind against an undisturbed run of the monolith. */
export class Comparison {
  readonly #servers: Servers
  readonly #options: ComparisonOptions
  readonly #templates = new Map<string, Promise<(run: string) => Promise<Databases>>>()
  #reference: Promise<Fact[]> | undefined
  #runs = 0

  private constructor(servers: Servers, options: ComparisonOptions) {
    this.#servers = servers
    this.#options = options
  }

  static async start(options: ComparisonOptions): Promise<Comparison> {
    return new Comparison(await startServers(), options)
  }

  stop(): Promise<void> {
    return this.#servers.stop()
  }

  /** Runs the reference, once. */
  reference(): Promise<Fact[]> {
    this.#reference ??= this.#run(reference, 'reference', {}).then(factsOf)
    return this.#reference
  }

  /** With `keep` the run stays until that resolves, however it ended. */
  async compare(
    topology: string,
    mode: Mode,
    { seed = 1, keep }: { seed?: number; keep?: RunOptions['beforeStop'] } = {},
  ): Promise<Verdict> {
    const expected = await this.reference()
    const name = mode === 'faults' ? `faults-${seed}` : mode
    const injected: string[] = []
    const settings = {
      plain: () => undisturbed(topology, join(this.#options.folder, topology, 'calls.json')),
      duplicate: () => ({ env: { CENOPIE_REHEARSAL: 'duplicate' }, deliver: twice }),
      faults: () => faults(seed, this.#servers.redisUrl, injected),
    }[mode]()
    const outcome = await this.#run(topology, name, { ...settings, ...(keep && { beforeStop: keep }) })
    const [was, is] =
      mode === 'faults'
        ? [lasting(expected), lasting(factsOf(withoutResent(outcome)))]
        : [expected, factsOf(outcome)]
    return { compared: summary(is), differences: report(differences(was, is)), injected }
  }

  async #run(topology: string, name: string, settings: Partial<RunOptions>): Promise<Outcome> {
    const folder = join(this.#options.folder, topology, name)
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    const databases = await (await this.#template(topology))(`run_${(this.#runs += 1)}`)
    const { onJourney } = this.#options
    try {
      return await run({
        topology,
        servers: this.#servers,
        databases,
        folder,
        ...(onJourney && { onJourney }),
        ...settings,
      })
    } finally {
      await databases.drop()
    }
  }

  #template(topology: string): Promise<(run: string) => Promise<Databases>> {
    const made = this.#templates.get(topology) ?? databasesOf(topology, this.#servers.postgresUrl)
    this.#templates.set(topology, made)
    return made
  }
}
