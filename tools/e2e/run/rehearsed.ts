import type { RunningTopology, TopologyProcess } from '../../topology/index.ts'
import { samples } from './metrics.ts'

/** Counts what processes rehearsed, those that were killed meanwhile included. */
export class Rehearsed {
  readonly #running: RunningTopology
  readonly #counts = new Map<string, number>()

  constructor(running: RunningTopology) {
    this.#running = running
  }

  /** What a process has rehearsed since it started; to be called before it is killed, too. */
  async add({ url }: TopologyProcess): Promise<void> {
    for (const { labels, value } of await samples(url, 'cenopie_rehearsed_total').catch(() => [])) {
      const what = labels['what'] ?? ''
      this.#counts.set(what, (this.#counts.get(what) ?? 0) + value)
    }
  }

  /** Of all processes, for people. */
  async total(): Promise<string> {
    for (const process of this.#running.processes.values()) await this.add(process)
    const count = (what: string) => this.#counts.get(what) ?? 0
    return (
      `${count('call-before')} calls failed before they were made, ${count('call-after')} after; ` +
      `${count('job')} redeliveries`
    )
  }
}
