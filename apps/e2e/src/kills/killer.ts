import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises'
import type { Database } from '@cenopie/platform-database'
import { chance } from '@cenopie/platform-testing/chance'
import { descendantsOf, isAlive } from '@cenopie/platform-testing/processes'
import { eventually } from '../client/eventually.ts'
import type { PlatformProcess } from '../platform/platform-process.ts'
import { hits, leastHit, type Kill } from './kill.ts'
import { leasedRuns, type Run } from './runs.ts'
import { steps, stepsWithTools, type Step } from './steps.ts'
import { toolsOf } from './tools.ts'

/** A kill comes within so many milliseconds of seeing that a step runs, except for those that would be over. */
const longestDelay = 400
const short: readonly Step[] = ['store', 'measure', 'analyse']
/** When nothing came to the wanted step for so many milliseconds, whatever runs is hit. */
const patience = 10_000

/**
 * Kills a worker, which is started again at once, or a tool that it runs. Each kill is aimed at a step that was hit
 * the least so far; which of them, and when within the step, follows from the seed.
 */
export class Killer {
  readonly kills: Kill[] = []
  readonly #worker: PlatformProcess
  readonly #database: Database
  readonly #next: (bound: number) => number
  /** Owners of leases that hold although their process is gone. */
  readonly #dead = new Set<string>()

  constructor(worker: PlatformProcess, database: Database, seed: number) {
    this.#worker = worker
    this.#database = database
    this.#next = chance(`kills ${seed}`)
  }

  /** Resolves when the worker is back and nothing of the dead one runs on. */
  async killWorker(): Promise<void> {
    const aimedAt = this.#target('worker', steps)
    const isShort = short.includes(aimedAt)
    const until = Date.now() + patience
    for (;;) {
      if ((await this.#running()).some(({ step }) => step === aimedAt || Date.now() > until)) break
      await (isShort ? turn() : pause(10))
    }
    if (!isShort) await pause(this.#next(longestDelay))
    const programs = await descendantsOf(this.#worker.pid)
    await this.#worker.kill()
    const interrupted = await this.#running()
    for (const { owner } of interrupted) this.#dead.add(owner)
    this.kills.push({ what: 'worker', aimedAt, interrupted: interrupted.map(({ step }) => step) })
    await eventually('the programs of a dead worker to be gone', async () => {
      return !(await Promise.all(programs.map(isAlive))).includes(true)
    })
    await this.#worker.start()
  }

  /** A step that lost a try already is spared: two are all that it has. */
  async killTool(): Promise<void> {
    const wanted = this.#target('tool', stepsWithTools)
    let delay = this.#next(longestDelay)
    const until = Date.now() + patience
    for (;;) {
      const tools = await toolsOf(this.#worker.pid)
      const spared = (await this.#running()).filter(({ failures }) => failures > 0).map(({ step }) => step)
      const tool = tools.find(({ step }) => (step === wanted || Date.now() > until) && !spared.includes(step))
      if (tool) {
        if (delay > 0) {
          // Whatever of this step runs then.
          await pause(delay)
          delay = 0
          continue
        }
        if (await this.#end(tool.pid)) {
          this.kills.push({ what: 'tool', step: tool.step, program: tool.program })
          return
        }
      }
      await pause(2)
    }
  }

  async #end(pid: number): Promise<boolean> {
    if (!(await descendantsOf(this.#worker.pid)).includes(pid) || !(await isAlive(pid))) return false
    try {
      return process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself.
      return false
    }
  }

  /** Runs of the worker that lives, or of the one that died in this moment. */
  async #running(): Promise<Run[]> {
    return (await leasedRuns(this.#database)).filter(({ owner }) => !this.#dead.has(owner))
  }

  #target<S extends Step>(what: Kill['what'], candidates: readonly S[]): S {
    const table = hits(this.kills.filter((kill) => kill.what === what))
    const sum = (step: S) => Object.values<number>(table[step] ?? {}).reduce((all, n) => all + n, 0)
    return leastHit(candidates, sum, this.#next)
  }
}
