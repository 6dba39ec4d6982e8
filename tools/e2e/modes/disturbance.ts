import { setTimeout as pause } from 'node:timers/promises'
import { chance } from '@cenopie/platform-testing/chance'
import type { RunningTopology } from '../../topology/index.ts'
import type { Rehearsed } from '../run/rehearsed.ts'
import { emptyRedis } from '../run/servers.ts'
import type { Gate } from './gate.ts'

/** What happens to a run from outside, and after how many calls of its clients. */
interface Plan {
  kills: { afterCalls: number; milliseconds: number; process: string }[]
  /** Undefined: Redis keeps what it has. */
  flushAfterCalls: number | undefined
}

/** What happens comes within so many calls; journeys make more. */
const calls = 220
const mostKills = 4

function planOf(seed: number, processes: readonly string[]): Plan {
  const next = chance(`disturbance ${seed}`)
  const kills = Array.from({ length: 1 + next(mostKills) }, () => ({
    afterCalls: 5 + next(calls),
    milliseconds: next(40),
    process: processes[next(processes.length)] as string,
  }))
  return {
    kills: kills.toSorted((a, b) => a.afterCalls - b.afterCalls),
    flushAfterCalls: next(3) === 0 ? 5 + next(calls) : undefined,
  }
}

/** Kills processes, which are started again at once, and empties Redis: which and when follows from the seed. */
export class Disturbance {
  readonly done: string[] = []
  readonly #gate: Gate
  readonly #plan: Plan
  readonly #running: RunningTopology
  readonly #redisUrl: string
  readonly rehearsed: Rehearsed
  #calls = 0
  #work: Promise<void> = Promise.resolve()

  constructor(
    seed: number,
    options: { gate: Gate; running: RunningTopology; redisUrl: string; rehearsed: Rehearsed },
  ) {
    this.#gate = options.gate
    this.#running = options.running
    this.#redisUrl = options.redisUrl
    this.rehearsed = options.rehearsed
    this.#plan = planOf(seed, [...options.running.processes.keys()])
  }

  /** A client begins a call. */
  called(): void {
    this.#calls += 1
    if (this.#calls === this.#plan.flushAfterCalls) this.#next(() => this.#flush())
    for (const kill of this.#plan.kills)
      if (this.#calls === kill.afterCalls) this.#next(() => this.#kill(kill))
  }

  /** Resolves when all that was begun is over; rejects if a process did not come back. */
  async over(): Promise<void> {
    await this.#work
  }

  #next(work: () => Promise<void>): void {
    this.#work = this.#work.then(work)
    // Whoever waits for `over` is told.
    this.#work.catch(() => undefined)
  }

  async #kill({ process: name, milliseconds, afterCalls }: Plan['kills'][number]): Promise<void> {
    const process = this.#running.processes.get(name)
    if (!process) throw new Error(`there is no process ${name}`)
    // In the middle of the call that was counted, or shortly after.
    await pause(milliseconds)
    await this.#gate.close(async () => {
      await this.rehearsed.add(process)
      await process.kill()
    })
    this.done.push(`${name} killed at call ${afterCalls}`)
    await process.start()
  }

  async #flush(): Promise<void> {
    await emptyRedis(this.#redisUrl)
    this.done.push(`Redis emptied at call ${this.#plan.flushAfterCalls}`)
  }
}
