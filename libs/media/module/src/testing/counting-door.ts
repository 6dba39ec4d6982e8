import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What came through for one request. */
export interface Passage {
  path: string
  /** What it asked for: `bytes=0-`. */
  range: string | undefined
  status: number
  /** Of the body, as many as the client took before it went. */
  bytes: number
}

/** A door in front of a server, which remembers what went through. */
export async function countingDoor(target: string) {
  const { hostname, port } = new URL(target)
  const passages: Passage[] = []
  const server = createServer(({ method, url = '', headers }, client) => {
    const outgoing = request({ hostname, port, method, path: url, headers }, (answer) => {
      const passage = { path: url, range: headers.range, status: answer.statusCode ?? 0, bytes: 0 }
      passages.push(passage)
      client.writeHead(passage.status, answer.headers)
      answer.on('data', (chunk: Buffer) => (passage.bytes += chunk.length))
      answer.on('error', () => client.destroy()).pipe(client)
    })
    outgoing.on('error', () => client.destroy()).end()
    client.on('close', () => outgoing.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passages,
    close: () => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections()),
  }
}
