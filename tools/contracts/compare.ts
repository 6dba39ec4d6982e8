import { endingDifferences, goneDifference } from './ending-rules.ts'
import type { Difference, Finding } from './finding.ts'
import type { Lock, LockedOperation, LockedPayload } from './lock.ts'
import { operationDifferences } from './operation-rules.ts'
import { schemaDifferences } from './schema-differences.ts'
import { sides } from './sides.ts'
import { streamDifferences } from './stream-rules.ts'

const acceptIt = 'Accept it: npm run contracts -- accept.'
const untilSunset = 'Keep it, deprecate it, and let it go after its sunset.'

/**
 * Every difference between what a domain promised and what its code says, breaking ones first; empty if they agree.
 * `today`, an ISO date, decides what may be gone by now.
 */
export function compare(promised: Lock, code: Lock, today: string): Finding[] {
  const found = [
    ...operations(promised, code, today),
    ...streams(promised, code, today),
    ...payloads('event', promised, code, today),
    ...payloads('task', promised, code, today),
  ]
  if (found.length === 0 && JSON.stringify(promised) !== JSON.stringify(code))
    found.push(finding('snapshot', { ...changed('wording', 'as accepted', 'as in the code') }))
  return found.map((one) => ({ ...one, domain: code.domain })).toSorted((a, b) => +b.breaking - +a.breaking)
}

function operations(promised: Lock, code: Lock, today: string): Finding[] {
  const found: Finding[] = []
  // Nothing that is deployed knows an operation's key: what it knows is the address.
  const unseen = new Map(Object.entries(code.operations).map((entry) => [addressOf(entry[1]), entry]))
  for (const [key, was] of Object.entries(promised.operations)) {
    const subject = `operation ${key}`
    const [newKey, is] = unseen.get(addressOf(was)) ?? []
    unseen.delete(addressOf(was))
    if (!newKey || !is) {
      const namesake = code.operations[key]
      const now = namesake ? addressOf(namesake) : 'nothing'
      found.push(finding(subject, goneDifference('address', addressOf(was), now, was, today), untilSunset))
      continue
    }
    if (newKey !== key) found.push(finding(subject, changed('key', key, newKey)))
    const advice = `Declare the change beside it, at ${next(was.path)}, and deprecate this one.`
    const differences = [
      ...endingDifferences(was, is, today),
      ...operationDifferences(was, is),
      ...schemaDifferences(sides.request, rooted(was.input, promised), rooted(is.input, code)),
      ...(was.output && is.output
        ? schemaDifferences(sides.response, rooted(was.output, promised), rooted(is.output, code))
        : []),
    ]
    found.push(...differences.map((difference) => finding(subject, difference, advice)))
  }
  for (const [address, [key]] of unseen)
    found.push(finding(`operation ${key}`, changed('address', 'nothing', address)))
  return found
}

function streams(promised: Lock, code: Lock, today: string): Finding[] {
  const found: Finding[] = []
  const unseen = new Map(Object.entries(code.streams ?? {}).map((entry) => [pathOf(entry[1]), entry]))
  for (const [key, was] of Object.entries(promised.streams ?? {})) {
    const subject = `stream ${key}`
    const [newKey, is] = unseen.get(pathOf(was)) ?? []
    unseen.delete(pathOf(was))
    if (!newKey || !is) {
      const now = code.streams?.[key]?.path ?? 'nothing'
      found.push(finding(subject, goneDifference('address', was.path, now, was, today), untilSunset))
      continue
    }
    // Contents for modules are called by it, but over HTTP: a service of yesterday knows the address.
    if (newKey !== key) found.push(finding(subject, changed('key', key, newKey)))
    const advice = `Declare the change beside it, at ${next(was.path)}, and deprecate this one.`
    const differences = [
      ...endingDifferences(was, is, today),
      ...streamDifferences(was, is),
      ...(was.input && is.input
        ? schemaDifferences(sides.request, rooted(was.input, promised), rooted(is.input, code))
        : []),
      ...(was.event && is.event
        ? schemaDifferences(sides.response, rooted(was.event, promised), rooted(is.event, code))
        : []),
    ]
    found.push(...differences.map((difference) => finding(subject, difference, advice)))
  }
  for (const [address, [key]] of unseen)
    found.push(finding(`stream ${key}`, changed('address', 'nothing', address)))
  return found
}

const pathOf = ({ path }: { path: string }) => path.replace(/\{\w+\}/g, '{}')

/** Method and path, whatever the path's fields are called. */
const addressOf = (operation: LockedOperation) => `${operation.method} ${pathOf(operation)}`

const next = (path: string) => path.replace(/\/v(\d+)\//, (_all, version) => `/v${Number(version) + 1}/`)

function payloads(kind: 'event' | 'task', promised: Lock, code: Lock, today: string): Finding[] {
  const [before, after] = kind === 'event' ? [promised.events, code.events] : [promised.tasks, code.tasks]
  const advice = kind === 'event' ? 'and publish both for a while.' : 'and keep a handler for this one.'
  const found: Finding[] = []
  for (const [key, was] of Object.entries(before)) {
    const is: LockedPayload | undefined = after[key]
    if (!is) {
      found.push(finding(`${kind} ${key}`, goneDifference('name', key, 'nothing', was, today), untilSunset))
      continue
    }
    const schemas = [rooted(was.payload, promised), rooted(is.payload, code)] as const
    const differences = [
      ...endingDifferences(was, is, today),
      ...(kind === 'event' ? schemaDifferences(sides.subscriber, ...schemas) : []),
      ...schemaDifferences(sides.entry, ...schemas),
    ]
    // A change that one side minds need not be told again as one that the other does not.
    const told = new Set<string>()
    for (const one of differences.toSorted((a, b) => +b.breaking - +a.breaking)) {
      if (!one.breaking && told.has(one.path)) continue
      told.add(one.path)
      found.push(finding(`${kind} ${key}`, one, `Declare the change as the next version, ${advice}`))
    }
  }
  for (const key of Object.keys(after))
    if (!(key in before)) found.push(finding(`${kind} ${key}`, changed('name', 'nothing', key)))
  return found
}

const rooted = (schema: LockedPayload['payload'], root: Lock) => ({ schema, root })

const changed = (path: string, was: string, is: string): Difference => {
  return { side: 'all', path, was, is, breaking: false }
}

function finding(subject: string, difference: Difference, advice = acceptIt): Finding {
  return { ...difference, domain: '', subject, advice: difference.breaking ? advice : acceptIt }
}
