import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server that is none of ours. */
export interface Stranger {
  readonly url: string
  /** Requests so far. */
  readonly asked: number
  close(): void
}

export async function stranger(answer: RequestListener): Promise<Stranger> {
  let asked = 0
  const server = createServer((request, response) => {
    asked += 1
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get asked() {
      return asked
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
