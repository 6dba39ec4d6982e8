import { compare } from './compare.ts'
import type { Finding } from './finding.ts'
import { lockedDomains, readLock, writeLock } from './lock-file.ts'
import { snapshotOf } from './snapshot.ts'
import type { Promises } from './snapshot.ts'

/** How each domain's code differs from its lock. A domain without a lock, or a lock without a domain, differs too. */
export async function check(domains: readonly Promises[], today: string): Promise<Finding[]> {
  const found: Finding[] = []
  for (const domain of domains) {
    const lock = await readLock(domain.name)
    found.push(
      ...(lock ? compare(lock, snapshotOf(domain), today) : [whole(domain.name, 'nothing', 'a new domain')]),
    )
  }
  const known = new Set(domains.map(({ name }) => name))
  const left = lockedDomains().filter((name) => !known.has(name))
  return [...found, ...left.map((name) => whole(name, 'a domain', 'nothing'))]
}

/** Writes the lock of each domain that breaks nothing; returns what it refused. */
export async function accept(domains: readonly Promises[], today: string): Promise<Finding[]> {
  const breaking: Finding[] = []
  for (const domain of domains) {
    const [lock, code] = [await readLock(domain.name), snapshotOf(domain)]
    const broken = lock ? compare(lock, code, today).filter((one) => one.breaking) : []
    if (broken.length === 0) await writeLock(code)
    breaking.push(...broken)
  }
  return breaking
}

function whole(domain: string, was: string, is: string): Finding {
  const breaking = was !== 'nothing'
  const advice = breaking
    ? 'Keep it until its operations and events are past their sunset; then delete its lock.'
    : 'Accept it: npm run contracts -- accept.'
  return { domain, subject: 'contract', side: 'all', path: 'lock', was, is, breaking, advice }
}
