import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { Duplex } from 'node:stream'

/** A process behind the gateway, as far as tests of the gateway need one. It can go and come back. */
export class Upstream {
  readonly port: number
  /** What it received, health checks aside. */
  readonly seen: IncomingMessage[] = []
  answer: RequestListener = (_request, response) => void response.end('here')
  upgrade: (request: IncomingMessage, socket: Duplex) => void = (_request, socket) => void socket.destroy()
  /** What it tells the gateway's health check. */
  ready = true
  #checked = () => {}
  #server: Server | undefined

  constructor(port: number) {
    this.port = port
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  async up(): Promise<void> {
    this.ready = true
    if (this.#server?.listening) return
    this.#server = createServer((request, response) => {
      if (request.url === '/health/ready') {
        this.#checked()
        return void response.writeHead(this.ready ? 200 : 503).end()
      }
      this.seen.push(request)
      this.answer(request, response)
    })
    this.#server.on('upgrade', (request, socket) => this.upgrade(request, socket))
    this.#server.listen(this.port, '127.0.0.1')
    await once(this.#server, 'listening')
  }

  /** Turns unready, as a process does before it stops; resolves when the gateway has taken notice. */
  async drain(): Promise<void> {
    this.ready = false
    // The gateway asks again once it has dealt with the answer.
    for (let times = 0; times < 2; times += 1) await new Promise<void>((resolve) => (this.#checked = resolve))
  }

  /** As a crash: what was under way is cut off. */
  async down(): Promise<void> {
    const server = this.#server
    if (!server?.listening) return
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
}
