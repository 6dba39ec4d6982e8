import { createHash } from 'node:crypto'
import type { Outcome } from '../run/run.ts'
import { plain, plainRow, uuid } from './plain.ts'

/** One thing that a run left behind, in words that do not differ between equal runs. */
export interface Fact {
  /** What it is one of: `rows of jobs.posting`. */
  kind: string
  value: unknown
}

/** Everything an outcome consists of, plain and with its ids named. The order of answers counts, no other does. */
export function factsOf(outcome: Outcome): Fact[] {
  const told = Object.entries(outcome.journeys).flatMap(([journey, { exchanges }]) =>
    exchanges.map(({ name, status, body }, at) => ({
      kind: `answers in ${journey}`,
      value: plain({ number: at + 1, operation: name, status, body }),
    })),
  )
  const left = [
    ...outcome.entries.map(({ requestId: _, ...entry }) => ({
      kind: `${entry.kind}s called ${entry.name}`,
      value: plain(entry),
    })),
    ...outcome.mails.map((mail) => ({ kind: 'mails', value: plain(mail) })),
    ...outcome.rows.map(({ table, row }) => ({ kind: `rows of ${table}`, value: plainRow(table, row) })),
  ]
  const names = idsByPlace(told)
  nameByContent(left, names)
  return [...told, ...left].map(({ kind, value }) => ({ kind, value: named(value, names) }))
}

type Names = Map<string, string>

/** Lists, by operation, that tell in which order things happened that nobody put in an order. */
const unordered: Record<string, string> = {
  // The answers of an interview are analysed at the same time.
  'interviews.listAuditTrail': 'items',
  'interviews.exportInterview': 'trail',
}

/** An id that a journey gets to see is named by the place where it is seen first. */
function idsByPlace(told: readonly Fact[]): Names {
  const names: Names = new Map()
  for (const { kind, value } of told) {
    const answer = value as { number: number; operation: string; body: Record<string, unknown> }
    const { number, operation, body } = answer
    const list = unordered[operation]
    if (list !== undefined) body[list] = sorted(body[list] as unknown[], names)
    visit(body, `${kind.replace('answers in ', '')} ${number} ${operation}`, (text, path) => {
      for (const [id] of text.matchAll(uuid)) if (!names.has(id)) names.set(id, `<${path}>`)
    })
  }
  return names
}

function sorted(items: readonly unknown[], names: Names): unknown[] {
  const key = (item: unknown) => JSON.stringify(item).replaceAll(uuid, (id) => names.get(id) ?? '<id>')
  return items.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
}

/** Rounds after which an id that nobody got to see tells apart rows that differ only three references away. */
const rounds = 4

/**
 * Every other id is named by all that is said of it, which is refined with what is said of the ids beside it. Ids of
 * which the same is said get the same name: nothing could tell them apart.
 */
function nameByContent(left: readonly Fact[], names: Names): void {
  const texts = left.map(({ kind, value }) => `${kind} ${JSON.stringify(value)}`)
  const unknown = new Map<string, string[]>()
  for (const text of texts)
    for (const id of new Set(text.match(uuid)))
      if (!names.has(id)) unknown.set(id, [...(unknown.get(id) ?? []), text])
  let refined: Names = new Map([...unknown.keys()].map((id) => [id, '<id>']))
  for (let round = 0; round < rounds; round += 1) {
    const known = new Map([...names, ...refined])
    refined = new Map(
      [...unknown].map(([id, said]) => [
        id,
        `<id ${digest(said.map((text) => withNames(text.replaceAll(id, '<self>'), known)))}>`,
      ]),
    )
  }
  for (const [id, name] of refined) names.set(id, name)
}

function digest(texts: readonly string[]): string {
  return createHash('sha256').update(texts.toSorted().join('\n')).digest('hex').slice(0, 8)
}

function withNames(text: string, names: Names): string {
  return text.replaceAll(uuid, (id) => names.get(id) ?? id)
}

/** Names hold nothing that JSON would have to escape. */
function named(value: unknown, names: Names): unknown {
  return JSON.parse(withNames(JSON.stringify(value), names)) as unknown
}

/** Calls `look` with every text in a value, keys included, and the path to it. */
function visit(value: unknown, path: string, look: (text: string, path: string) => void): void {
  if (typeof value === 'string') look(value, path)
  else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) {
      look(key, `${path} key`)
      visit(one, `${path}.${key}`, look)
    }
}
