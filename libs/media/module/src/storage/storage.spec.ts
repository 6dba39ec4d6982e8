import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { s3Server } from '../testing/s3-server.ts'
import { diskStore } from './disk-store.ts'
import { NoSuchObject, type ObjectStore } from './object-store.ts'
import { s3Store } from './s3-store.ts'

const stores: Record<
  string,
  (folder: string) => Promise<{ store: ObjectStore; close: () => Promise<void> }>
> = {
  disk: async (folder) => ({ store: diskStore(folder), close: async () => {} }),
  s3: async (folder) => {
    const server = await s3Server(folder)
    return { store: s3Store(server.options), close: server.close }
  },
}

describe.each(Object.entries(stores))('%s', (_name, open) => {
  let store: ObjectStore
  let folder: string
  let closeServer: () => Promise<void>

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'media-store-'))
    const opened = await open(folder)
    store = opened.store
    closeServer = opened.close
  })
  afterAll(async () => {
    store.close()
    await closeServer()
    await rm(folder, { recursive: true })
  })

  const all = async (prefix: string) => {
    const keys: string[] = []
    for await (const { key } of store.list(prefix)) keys.push(key)
    return keys.sort()
  }
  const text = async (key: string) => (await buffer(await store.read(key))).toString()

  test('what was written is read again, whole and in part, and gone when removed', async () => {
    expect(await store.write('a/b.txt', Readable.from([Buffer.from('0123'), Buffer.from('456789')]))).toBe(10)
    expect(await text('a/b.txt')).toBe('0123456789')
    expect((await buffer(await store.read('a/b.txt', { start: 2, end: 4 }))).toString()).toBe('234')
    expect(await store.stat('a/b.txt')).toEqual({ key: 'a/b.txt', bytes: 10 })
    await store.remove('a/b.txt')
    await store.remove('a/b.txt')
    expect(await store.stat('a/b.txt')).toBeUndefined()
    await expect(store.read('a/b.txt')).rejects.toBeInstanceOf(NoSuchObject)
  })

  test('a write replaces what was there; one that breaks off leaves it', async () => {
    await store.write('c.txt', Readable.from([Buffer.from('first')]))
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('sec')
        throw new Error('the source broke')
      })(),
    )
    await expect(store.write('c.txt', broken)).rejects.toThrow('the source broke')
    expect(await text('c.txt')).toBe('first')
    await store.write('c.txt', Readable.from([Buffer.from('second')]))
    expect(await text('c.txt')).toBe('second')
  })

  test('a local file of several parts arrives byte for byte', async () => {
    const bytes = randomBytes(40 * 2 ** 20)
    const path = join(folder, 'large')
    await writeFile(path, bytes)
    await store.take('large', path)
    expect((await store.stat('large'))?.bytes).toBe(bytes.length)
    expect((await buffer(await store.read('large'))).equals(bytes)).toBe(true)
  })

  test('a list holds everything below its prefix, and nothing beside it', async () => {
    for (const key of ['l/1', 'l/2', 'l/m/3', 'l2/4'])
      await store.write(key, Readable.from([Buffer.from(key)]))
    expect(await all('l/')).toEqual(['l/1', 'l/2', 'l/m/3'])
    expect(await all('nothing/')).toEqual([])
  })

  test.each(['../x', '/etc/passwd', 'a/../../x', 'a//b', '', 'a b', '.hidden'])(
    '"%s" is no key',
    async (key) => {
      await expect(store.write(key, Readable.from(['x']))).rejects.toThrow('cannot name an object')
      await expect(store.read(key)).rejects.toThrow('cannot name an object')
    },
  )
})
