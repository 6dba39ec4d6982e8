/**
 * `npm run e2e -- --topology NAME`: every journey on the monolith and on a topology, each behind the gateway, with
 * PostgreSQL, Redis and a mail server of their own. Exits with 0 only if both came to the same end.
 */
import { once } from 'node:events'
import { join } from 'node:path'
import type { RunningTopology } from '../topology/index.ts'
import { Comparison } from './comparison.ts'
import { readOptions, usage, type Options } from './options.ts'

const folder = join(import.meta.dirname, '../../.data/e2e')
const say = (text: string) => void process.stdout.write(`${text}\n`)
const kept = (keep: boolean) => (keep ? { keep: untilInterrupted } : {})
const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`

const options = optionsOrUsage(process.argv.slice(2))
if (options) process.exitCode = await compare(options)

function optionsOrUsage(args: string[]): Options | undefined {
  try {
    return readOptions(args)
  } catch (error) {
    process.stderr.write(`e2e: ${(error as Error).message}\n\n${usage}\n`)
    process.exitCode = 2
    return undefined
  }
}

async function compare({ topology, mode, seeds, keep }: Options): Promise<number> {
  let quiet = false
  const comparison = await Comparison.start({
    folder,
    onJourney: (name, milliseconds) => {
      if (!quiet) say(`  ✓ ${name.padEnd(14)} ${seconds(milliseconds).padStart(8)}`)
    },
  })
  try {
    say('The journeys on the monolith, for reference:')
    await comparison.reference()
    if (mode !== 'faults') {
      say(
        `The journeys on ${topology}${mode === 'duplicate' ? ', everything that may come twice twice' : ''}:`,
      )
      const verdict = await comparison.compare(topology, mode, kept(keep))
      say(`Compared: ${verdict.compared}`)
      say(verdict.differences || 'outcomes are equal')
      return verdict.differences ? 1 : 0
    }
    say(`The journeys on ${topology}, with faults:`)
    quiet = seeds.length > 1
    const failed: number[] = []
    for (const seed of seeds) {
      const last = keep && seed === seeds.at(-1)
      if (!(await survives(comparison, topology, seed, last))) failed.push(seed)
    }
    if (failed.length > 0) say(`${failed.length} of ${seeds.length} seeds failed: ${failed.join(', ')}`)
    else say(`outcomes are equal (${seeds.length} ${seeds.length === 1 ? 'seed' : 'seeds'})`)
    return failed.length > 0 ? 1 : 0
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    say(`The logs of the processes are in ${join(folder, topology)}.`)
    return 1
  } finally {
    await comparison.stop()
  }
}

/** One line for a seed that comes to the same end; for one that does not, how, and how to see it again. */
async function survives(
  comparison: Comparison,
  topology: string,
  seed: number,
  keep: boolean,
): Promise<boolean> {
  const began = performance.now()
  const replay = `npm run e2e -- --topology ${topology} --mode faults --seed ${seed}`
  const title = `seed ${String(seed).padStart(3)}`
  try {
    const { differences, injected, compared } = await comparison.compare(topology, 'faults', {
      seed,
      ...kept(keep),
    })
    const took = seconds(performance.now() - began).padStart(8)
    say(`${differences ? '✗' : '✓'} ${title} ${took}  ${injected.join('; ')}`)
    if (!differences) return true
    say(`Compared: ${compared}\n${differences}\nAgain: ${replay}`)
  } catch (error) {
    say(
      `✗ ${title} ${seconds(performance.now() - began).padStart(8)}  ${(error as Error).message}\nAgain: ${replay}`,
    )
  }
  return false
}

async function untilInterrupted({ url, processes }: RunningTopology): Promise<void> {
  say(`Left as it is until Ctrl-C: ${url}`)
  for (const { name, url, databaseUrl, log } of processes.values())
    say(`  ${name}: ${url}, ${databaseUrl}, ${log}`)
  await once(process, 'SIGINT')
}
