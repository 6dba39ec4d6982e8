import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { shape, type Faults } from './shaped-stream.ts'

/** A TCP proxy that misbehaves on request. Settings hold for open connections and those to come. */
export interface FaultProxy {
  /** The target's URL with this proxy in its place. */
  readonly url: string
  readonly port: number
  /** Connections through it at the moment. */
  readonly connections: number
  /** Every byte arrives this many milliseconds later, in both directions; order is kept. */
  latency(milliseconds: number): void
  /** At most this many bytes per second in each direction. */
  slow(bytesPerSecond: number): void
  /** Each connection breaks after this many bytes in one direction, wherever in a message that is. */
  limit(bytes: number): void
  /** The peer has vanished: connections stay open and accepted, but nothing passes. */
  halfOpen(): void
  /** Closes every connection (FIN) and refuses new ones. */
  cut(): Promise<void>
  /** Breaks every connection (RST); new ones are served. */
  reset(): void
  /** Back to honest service; what `halfOpen` held back arrives. */
  heal(): Promise<void>
  close(): Promise<void>
}

const honest: Faults = { latencyMs: 0, bytesPerSecond: Infinity, limitBytes: Infinity, holding: false }

/** Listens on a free loopback port and passes everything on to the host and port of `target`. */
export async function faultProxy(target: string): Promise<FaultProxy> {
  const { hostname, port: targetPort, protocol } = new URL(target)
  const upstreamPort = Number(targetPort || (protocol.startsWith('redis') ? 6379 : 5432))
  const faults: Faults = { ...honest }
  const pairs = new Set<[Socket, Socket]>()

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const upstream = connect({ host: hostname, port: upstreamPort, allowHalfOpen: true, noDelay: true })
    const pair: [Socket, Socket] = [client, upstream]
    pairs.add(pair)
    const end = (): void => {
      pairs.delete(pair)
      for (const socket of pair) socket.destroy()
    }
    for (const socket of pair) socket.on('error', end).on('close', end)
    shape(client, upstream, faults, end)
    shape(upstream, client, faults, end)
  })

  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  const stopListening = async (): Promise<void> => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    for (const pair of pairs) for (const socket of pair) socket.destroy()
    await closed
  }

  const port = await listen(0)
  const url = new URL(target)
  url.hostname = '127.0.0.1'
  url.port = `${port}`
  return {
    url: url.href,
    port,
    get connections() {
      return pairs.size
    },
    latency: (milliseconds) => void (faults.latencyMs = milliseconds),
    slow: (bytesPerSecond) => void (faults.bytesPerSecond = bytesPerSecond),
    limit: (bytes) => void (faults.limitBytes = bytes),
    halfOpen: () => void (faults.holding = true),
    cut: stopListening,
    reset: () => {
      for (const [client, upstream] of pairs) {
        client.resetAndDestroy()
        upstream.destroy()
      }
    },
    heal: async () => {
      Object.assign(faults, honest)
      if (!server.listening) await listen(port)
    },
    close: stopListening,
  }
}
