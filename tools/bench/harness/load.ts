import { connect, type Socket } from 'node:net'

export interface Load {
  /** Of the server, `http://host:port`. */
  url: string
  method: 'GET' | 'POST'
  path: string
  headers?: Record<string, string>
  body?: string
  /** What every answer must have. */
  status: number
}

/** Sockets kept busy at once: more than the pools have connections, so that the server never waits for work. */
const connections = 16
const warmUpMs = 500

/**
 * Drives a server over kept-alive connections, one request in flight on each, and counts its answers. A bare loop over
 * sockets: on two cores every microsecond of the client is one the server does not get. Understands answers with
 * Content-Length only.
 *
 * @returns answers per second
 */
export async function drive(load: Load, seconds: number): Promise<number> {
  const request = requestText(load)
  const counter = { answers: 0, stopping: false }
  const loops = Array.from({ length: connections }, () => loop(load, request, counter))
  const all = Promise.all(loops)
  // A refused answer ends the run at once, not when the time is up.
  await Promise.race([all, delay(warmUpMs)])
  const [from, answered] = [performance.now(), counter.answers]
  await Promise.race([all, delay(seconds * 1000)])
  const rate = ((counter.answers - answered) * 1000) / (performance.now() - from)
  counter.stopping = true
  await all
  return rate
}

/** One socket: sends, waits for the whole answer, sends again, until told to stop. */
function loop(load: Load, request: string, counter: { answers: number; stopping: boolean }): Promise<void> {
  const { hostname, port } = new URL(load.url)
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ host: hostname, port: Number(port), noDelay: true })
    let head: Buffer | undefined
    let missing = 0
    const fail = (error: Error) => {
      counter.stopping = true
      socket.destroy()
      reject(error)
    }
    const answered = () => {
      counter.answers += 1
      if (!counter.stopping) return void socket.write(request)
      socket.end()
      resolve()
    }
    socket.once('connect', () => socket.write(request))
    socket.once('error', fail)
    socket.once('close', () => fail(new Error(`${load.path}: the server closed the connection`)))
    socket.on('data', (chunk) => {
      if (missing > 0) {
        missing -= chunk.length
        if (missing === 0) answered()
        return
      }
      const data = head ? Buffer.concat([head, chunk]) : chunk
      const end = data.indexOf('\r\n\r\n')
      if (end < 0) {
        head = data
        return
      }
      head = undefined
      const text = data.toString('latin1', 0, end)
      const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1]
      if (Number(text.slice(9, 12)) !== load.status || length === undefined) {
        return fail(new Error(`${load.method} ${load.path} was answered:\n${data.toString()}`))
      }
      missing = end + 4 + Number(length) - data.length
      if (missing === 0) answered()
    })
  })
}

function requestText({ url, method, path, headers = {}, body }: Load): string {
  const all: Record<string, string> = { host: new URL(url).host, ...headers }
  if (body !== undefined) {
    all['content-type'] = 'application/json'
    all['content-length'] = `${Buffer.byteLength(body)}`
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`
}

const delay = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
