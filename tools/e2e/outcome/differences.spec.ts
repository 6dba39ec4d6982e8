import type { Exchange } from '@cenopie/e2e'
import { describe, expect, test } from 'vitest'
import type { Outcome } from '../run/run.ts'
import { differences } from './differences.ts'
import { factsOf } from './facts.ts'
import { report } from './report.ts'

const numbered = (run: number, id: number) => `0000000${run}-0000-7000-8000-${String(id).padStart(12, '0')}`

/** What a run leaves behind in which somebody founds a company; another run, another clock, other ids. */
function outcome(run: number): Outcome {
  const id = (of: number) => numbered(run, of)
  const at = `2026-11-2${run}T10:00:0${run}.000Z`
  const secret = `${run}AbCdE`.padEnd(43, 'x')
  const company = { id: id(1), name: 'Engines', members: 1, createdAt: at }
  const exchange = (name: string, body: unknown) => ({ name, status: 200, body }) as Exchange
  const recipient = (of: number, email: string) => ({
    table: 'notifications.recipient',
    row: { user_id: id(of), email, seen_at: of === 2 ? at : null, token_hash: `\\x${'ab'.repeat(8 + run)}` },
  })
  const inbox = (entry: number) => ({
    table: 'notifications.inbox',
    row: { consumer: 'notifications.greet', entry_id: id(entry), done_at: at },
  })
  const event = (of: number, userId: number) => ({
    module: 'auth',
    id: id(of),
    kind: 'event' as const,
    name: 'auth.member-joined',
    version: 1,
    entityId: id(1),
    entityVersion: '1',
    payload: { companyId: id(1), userId: id(userId), joinedAt: at },
    actor: { kind: 'user', id: id(2) },
    requestId: `request ${run}`,
  })
  const mail = (of: number, to: string) => ({
    messageId: `<${id(of)}@localhost>`,
    to,
    subject: 'Welcome to Engines',
    text: `Open http://127.0.0.1:300${run}/confirm/${secret} until Tuesday 2${run} November 2026, 10:00 UTC.`,
  })
  return {
    journeys: {
      founding: {
        exchanges: [exchange('auth.createCompany', company), exchange('auth.readCompany', company)],
      },
    },
    entries: [event(4, 2), event(5, 3)],
    mails: [mail(6, 'ada@example.com'), mail(7, 'bob@example.com')],
    rows: [recipient(2, 'ada@example.com'), recipient(3, 'bob@example.com'), inbox(4), inbox(5)],
  }
}

const compare = (one: Outcome, other: Outcome) => report(differences(factsOf(one), factsOf(other)))
const after = (change: (outcome: Outcome) => void) => {
  const changed = outcome(2)
  change(changed)
  return compare(outcome(1), changed)
}
const first = <T>(items: readonly T[]): T => items[0] as T

test('two runs of the same are equal, whatever the clock, the ids, the ports and the secrets', () => {
  expect(compare(outcome(1), outcome(2))).toBe('')
})

test('the order of what nobody put in an order does not count', () => {
  const shuffled = (run: Outcome) => {
    for (const list of [run.entries, run.mails, run.rows]) list.reverse()
  }
  expect(after(shuffled)).toBe('')
})

describe('a difference shows', () => {
  test.each<[string, (run: Outcome) => void, string]>([
    [
      'an answer with another value',
      ({ journeys }) => (first(journeys['founding']!.exchanges).body = { id: numbered(2, 1), members: 2 }),
      'members: 1 → 2',
    ],
    [
      'another status',
      ({ journeys }) => (first(journeys['founding']!.exchanges).status = 201),
      'status: 200 → 201',
    ],
    [
      'answers in another order',
      ({ journeys }) => journeys['founding']!.exchanges.reverse(),
      'auth.readCompany',
    ],
    [
      'a row with another value',
      ({ rows }) => (first(rows).row['email'] = 'eve@example.com'),
      'eve@example.com',
    ],
    ['a time that is missing', ({ rows }) => (first(rows).row['seen_at'] = null), 'seen_at: "<time>" → null'],
    ['a row that is missing', ({ rows }) => void rows.shift(), '- {"user_id"'],
    ['a row of another person', ({ rows }) => (first(rows).row['user_id'] = numbered(2, 3)), 'user_id'],
    ['a doubled row', ({ rows }) => void rows.push(first(rows)), '+ {"user_id"'],
    ['an effect of another entry', ({ rows }) => (rows[2]!.row['entry_id'] = numbered(2, 5)), 'entry_id'],
    ['a doubled mail', ({ mails }) => void mails.push(first(mails)), '+ {"messageId"'],
    ['a mail to somebody else', ({ mails }) => (first(mails).to = 'eve@example.com'), 'to: '],
    ['a mail without its link', ({ mails }) => (first(mails).text = 'Open it.'), 'text: '],
    [
      'a doubled event',
      ({ entries }) => void entries.push({ ...first(entries), id: numbered(2, 9) }),
      'auth.member-joined',
    ],
    ['an event that is missing', ({ entries }) => void entries.pop(), 'auth.member-joined'],
    [
      'an event about somebody else',
      ({ entries }) =>
        (first(entries).payload = { ...(first(entries).payload as object), userId: numbered(2, 3) }),
      'payload.userId',
    ],
    [
      'an event by somebody else',
      ({ entries }) => (first(entries).actor = { kind: 'service' }),
      'actor.kind',
    ],
  ])('%s', (_name, change, shown) => {
    expect(after(change)).toContain(shown)
  })
})
