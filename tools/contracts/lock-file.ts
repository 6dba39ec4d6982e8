import { existsSync, globSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import type { Lock } from './lock.ts'

const root = join(import.meta.dirname, '../..')

export const lockFile = (domain: string): string => join(root, 'libs', domain, 'contract/contract.lock.json')

/** A domain's committed lock; undefined if it has none yet. */
export async function readLock(domain: string): Promise<Lock | undefined> {
  const file = lockFile(domain)
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Lock) : undefined
}

/** Names of the domains that have a lock. */
export function lockedDomains(): string[] {
  return globSync('libs/*/contract/contract.lock.json', { cwd: root }).map((path) => path.split('/')[1]!)
}

/** As Prettier would have it, from text without line breaks: then what fits on a line stands on one. */
export async function writeLock(lock: Lock): Promise<void> {
  const file = lockFile(lock.domain)
  const options = await resolveConfig(file)
  await writeFile(file, await format(JSON.stringify(lock), { ...options, filepath: file }))
}
