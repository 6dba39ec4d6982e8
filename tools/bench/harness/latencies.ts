import { Agent, request } from 'node:http'

export interface Wanted {
  path: string
  headers?: Record<string, string>
}

/**
 * Keeps `concurrency` requests in flight over kept-alive connections, each made when one has been answered, and
 * resolves to the time of each answer in milliseconds, sorted. Anything but 200 rejects.
 */
export async function latencies(
  url: string,
  next: () => Wanted,
  { concurrency, seconds }: { concurrency: number; seconds: number },
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency })
  const { hostname, port } = new URL(url)
  const times: number[] = []
  const ask = ({ path, headers = {} }: Wanted) =>
    new Promise<number>((resolve, reject) => {
      const started = performance.now()
      request({ hostname, port, path, headers, agent }, (response) => {
        response.resume()
        response.once('end', () => {
          if (response.statusCode === 200) resolve(performance.now() - started)
          else reject(new Error(`${path} was answered with ${response.statusCode}`))
        })
      })
        .once('error', reject)
        .end()
    })
  const end = performance.now() + seconds * 1000
  const one = async () => {
    while (performance.now() < end) times.push(await ask(next()))
  }
  try {
    await Promise.all(Array.from({ length: concurrency }, one))
  } finally {
    agent.destroy()
  }
  return times.sort((a, b) => a - b)
}

/** The time within which the given share of answers came. */
export const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number
