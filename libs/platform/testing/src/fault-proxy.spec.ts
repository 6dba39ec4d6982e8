import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { faultProxy, type FaultProxy } from './fault-proxy.ts'

let echo: Server
let proxy: FaultProxy
const clients = new Set<Socket>()

beforeEach(async () => {
  echo = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.pipe(socket)
  }).listen(0, '127.0.0.1')
  await once(echo, 'listening')
  proxy = await faultProxy(`redis://127.0.0.1:${(echo.address() as AddressInfo).port}/3`)
})

afterEach(async () => {
  for (const client of clients) client.destroy()
  clients.clear()
  await proxy.close()
  echo.close()
  await once(echo, 'close')
})

async function dial(): Promise<Socket> {
  const socket = connect(proxy.port, '127.0.0.1')
  clients.add(socket)
  await once(socket, 'connect')
  return socket
}

async function read(socket: Socket, bytes: number): Promise<string> {
  let text = ''
  while (text.length < bytes) text += String((await once(socket, 'data'))[0])
  return text
}

test('an honest proxy passes everything on and keeps the rest of the url', async () => {
  expect(new URL(proxy.url).pathname).toBe('/3')
  const client = await dial()
  const payload = 'x'.repeat(3_000_000)
  client.end(payload)
  expect((await read(client, payload.length)).length).toBe(payload.length)
  await once(client, 'end')
})

test('latency delays both directions and keeps the order', async () => {
  proxy.latency(60)
  const client = await dial()
  const start = performance.now()
  for (const letter of 'abcdefgh') client.write(letter)
  expect(await read(client, 8)).toBe('abcdefgh')
  expect(performance.now() - start).toBeGreaterThanOrEqual(119)
})

test('slow holds a stream to its rate', async () => {
  proxy.slow(10_000)
  const client = await dial()
  const start = performance.now()
  client.write('x'.repeat(1_000))
  await read(client, 1_000)
  expect(performance.now() - start).toBeGreaterThanOrEqual(199)
})

test('limit breaks a connection in the middle of a message', async () => {
  proxy.limit(5)
  const accepted = once(echo, 'connection') as Promise<[Socket]>
  const client = await dial()
  const [target] = await accepted
  const received = read(target, 5)
  const closed = once(client, 'close')
  client.write('hello world')
  await closed
  expect(await received).toBe('hello')
})

test('half-open: bytes leave, nothing comes back until it heals', async () => {
  const client = await dial()
  client.write('before')
  await read(client, 6)
  proxy.halfOpen()
  let arrived = false
  client.on('data', () => (arrived = true))
  client.write('during')
  // A second connection that is served after healing shows that the first was not merely slow.
  const other = await dial()
  other.write('other')
  expect(proxy.connections).toBe(2)
  expect(arrived).toBe(false)
  const both = Promise.all([read(client, 6), read(other, 5)])
  await proxy.heal()
  expect(await both).toEqual(['during', 'other'])
})

test('cut closes what is open and refuses what comes, until it heals', async () => {
  const client = await dial()
  const closed = once(client, 'close')
  await proxy.cut()
  await closed
  await expect(dial()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  await proxy.heal()
  const again = await dial()
  again.write('back')
  expect(await read(again, 4)).toBe('back')
})

test('reset breaks connections with RST and serves new ones', async () => {
  const client = await dial()
  client.write('x')
  await read(client, 1)
  const failed = once(client, 'error')
  proxy.reset()
  expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET' })
  const again = await dial()
  again.write('y')
  expect(await read(again, 1)).toBe('y')
})
