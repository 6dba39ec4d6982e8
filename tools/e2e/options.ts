import { parseArgs } from 'node:util'
import { topologyNames } from '../topology/index.ts'

export const modes = ['plain', 'duplicate', 'faults'] as const
export type Mode = (typeof modes)[number]

export interface Options {
  topology: string
  mode: Mode
  /** Of the mode `faults`; one run each. */
  seeds: number[]
  /** Leave the run's processes and databases until Ctrl-C. */
  keep: boolean
}

export const usage = `npm run e2e -- --topology ${topologyNames().join('|')} [--mode ${modes.join('|')}]
  [--seed N | --seeds N] [--keep]

  --mode duplicate  every repeatable call and every entry comes twice
  --mode faults     calls fail, entries come again, processes are killed; --seed 7 replays one run, --seeds 50 makes
                    those from 1 to 50
  --keep            leaves the last run as it is until Ctrl-C`

/** Reads the command line; throws one line for whoever typed it. */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      topology: { type: 'string' },
      mode: { type: 'string', default: 'plain' },
      seed: { type: 'string' },
      seeds: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  })
  const { topology, keep } = values
  if (topology === undefined) throw new Error('--topology is missing')
  if (!topologyNames().includes(topology))
    throw new Error(`--topology is one of ${topologyNames().join(', ')}, not ${topology}`)
  const mode = modes.find((one) => one === values.mode)
  if (!mode) throw new Error(`--mode is one of ${modes.join(', ')}, not ${values.mode}`)
  const seeded = values.seed !== undefined || values.seeds !== undefined
  if (seeded && mode !== 'faults') throw new Error('seeds belong to --mode faults')
  if (values.seed !== undefined && values.seeds !== undefined) throw new Error('either --seed or --seeds')
  const seeds =
    values.seeds === undefined
      ? [number('--seed', values.seed ?? '1')]
      : Array.from({ length: number('--seeds', values.seeds) }, (_, at) => at + 1)
  return { topology, mode, seeds: mode === 'faults' ? seeds : [], keep }
}

function number(name: string, text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new Error(`${name} takes a number from 1, not ${text}`)
  return Number(text)
}
