import { Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

export interface Wanted {
  path: string
  headers?: Record<string, string>
}

/**
 * Keeps `concurrency` requests in flight over kept-alive connections, each made when one has been answered, and
 * resolves to the time of each answer in milliseconds, sorted. Anything but 200 rejects.
 */
export function latencies(
  url: string,
  next: () => Wanted,
  { concurrency, seconds }: { concurrency: number; seconds: number },
): Promise<number[]> {
  return timed(url, concurrency, async (ask) => {
    const end = performance.now() + seconds * 1000
    const one = async () => {
      while (performance.now() < end) await ask(next(), performance.now())
    }
    await Promise.all(Array.from({ length: concurrency }, one))
  })
}

/**
 * Makes `perSecond` requests a second, whether those before have been answered or not, as many people do. Resolves to
 * the time of each answer since its request was due: a process that stood still shows in all that were due meanwhile.
 */
export function steadyLatencies(
  url: string,
  next: () => Wanted,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<number[]> {
  return timed(url, perSecond, async (ask) => {
    const started = performance.now()
    const asked = Array.from({ length: perSecond * seconds }, async (_, at) => {
      const due = started + (at * 1000) / perSecond
      await wait(due - performance.now())
      await ask(next(), due)
    })
    await Promise.all(asked)
  })
}

async function timed(
  url: string,
  maxSockets: number,
  run: (ask: (wanted: Wanted, since: number) => Promise<void>) => Promise<void>,
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets })
  const { hostname, port } = new URL(url)
  const times: number[] = []
  const ask = ({ path, headers = {} }: Wanted, since: number) =>
    new Promise<void>((resolve, reject) => {
      request({ hostname, port, path, headers, agent }, (response) => {
        response.resume()
        response.once('end', () => {
          times.push(performance.now() - since)
          if (response.statusCode === 200) resolve()
          else reject(new Error(`${path} was answered with ${response.statusCode}`))
        })
      })
        .once('error', reject)
        .end()
    })
  try {
    await run(ask)
  } finally {
    agent.destroy()
  }
  return times.sort((a, b) => a - b)
}

/** The time within which the given share of answers came. */
export const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number
