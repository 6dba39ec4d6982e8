import type { Transaction } from '@cenopie/platform-database'
import type { Indexed } from '../domain/document.ts'
import { audiences, personDocument, type ProfileFacts } from '../domain/person-document.ts'
import { postingDocument, type PostingDocument, type PostingFacts } from '../domain/posting-document.ts'
import { tables } from './tables.ts'
import { forgetTerms, learnTerms, lexemesOf, vocabularyOf, type TermRow } from './terms.ts'

/** An entity as of a version; without facts it is gone, and its tombstone keeps older news from bringing it back. */
export interface Entity<F> {
  id: string
  version: number
  facts?: F | undefined
}

const documentColumns = (document: (Indexed & { rank: number; shown: object }) | undefined) => ({
  listed: document !== undefined,
  rank: document?.rank ?? 0,
  facets: document?.facets ?? '',
  shown: document?.shown ?? null,
  keywords: document?.keywords ?? '',
  words: document?.words ?? '',
})

const columns = 'id, version, listed, rank, facets, shown, keywords, words'
const record =
  'id uuid, version int, listed boolean, rank bigint, facets text, shown jsonb, keywords tsvector, words tsvector'
const assigned = columns
  .split(', ')
  .slice(1)
  .map((column) => `${column} = excluded.${column}`)
  .join(', ')

const putPostings = (table: string) => `
  insert into ${table} as old (${columns}, expires_at, pay_currency, pay_period, pay_max, body)
  select * from jsonb_to_recordset($1::jsonb) as new
    (${record}, expires_at timestamptz, pay_currency text, pay_period text, pay_max int, body text)
  on conflict (id) do update set ${assigned}, expires_at = excluded.expires_at,
    pay_currency = excluded.pay_currency, pay_period = excluded.pay_period, pay_max = excluded.pay_max,
    body = excluded.body
  where old.version < excluded.version
  returning id`

const putPeople = (table: string) => `
  insert into ${table} as old (${columns}, audience)
  select * from jsonb_to_recordset($1::jsonb) as new (${record}, audience text)
  on conflict (id, audience) do update set ${assigned}
  where old.version < excluded.version
  returning id, audience`

const putBlocks = (table: string) => `
  insert into ${table} as old (blocker_id, blocked_id, version, stands)
  select * from jsonb_to_recordset($1::jsonb) as new (blocker_id uuid, blocked_id uuid, version bigint, stands boolean)
  on conflict (blocker_id, blocked_id) do update set version = excluded.version, stands = excluded.stands
  where old.version < excluded.version`

interface Row {
  id: string
  audience?: string
}

/** Writes what is newer than what is there, and its terms into the dictionary. `learned`: terms it has already. */
async function put<R extends Row>(
  tx: Transaction,
  statement: string,
  rows: readonly { row: R; terms: TermRow[] }[],
  learned?: Set<string>,
): Promise<void> {
  const written = await tx.query<Row>(statement, [JSON.stringify(rows.map(({ row }) => row))])
  const key = ({ id, audience = '' }: Row) => id + audience
  const newer = new Set(written.map(key))
  const terms = rows.flatMap(({ row, terms }) => (newer.has(key(row)) ? terms : []))
  await learnTerms(tx, terms, learned)
}

export async function writePostings(
  tx: Transaction,
  table: string,
  entities: Entity<PostingFacts>[],
  learned?: Set<string>,
): Promise<void> {
  const rows = entities.map(({ id, version, facts }) => {
    const document = facts && postingDocument(facts)
    const row = {
      ...{ id, version, ...documentColumns(document) },
      expires_at: facts?.expiresAt ?? null,
      pay_currency: facts?.pay?.currency ?? null,
      pay_period: facts?.pay?.period ?? null,
      pay_max: facts?.pay?.max ?? null,
      body: document?.body ?? '',
    }
    return { row, terms: document ? postingTerms(document) : [] }
  })
  await put(tx, putPostings(table), rows, learned)
}

function postingTerms(document: PostingDocument): TermRow[] {
  const { title, skills, companyName, location } = document.shown
  const phrases = { title: [title], skill: skills, company: [companyName], location: [location] }
  return vocabularyOf('postings', document, phrases)
}

/** One row per audience. Words that nobody listed has any more are forgotten: a name must not outlive its bearer. */
export async function writePeople(
  tx: Transaction,
  table: string,
  entities: Entity<ProfileFacts>[],
  learned?: Set<string>,
): Promise<void> {
  const rows = entities.flatMap(({ id, version, facts }) =>
    audiences.map((audience) => {
      const document = facts && personDocument(facts, audience)
      const row = { id, version, audience, ...documentColumns(document) }
      return { row, terms: document ? vocabularyOf(audience, document) : [] }
    }),
  )
  const inUse = table === tables.people
  const ids = entities.map(({ id }) => id)
  const before = inUse ? await lexemesOf(tx, ids) : []
  await put(tx, putPeople(table), rows, learned)
  await forgetTerms(tx, before)
}

export interface BlockFacts {
  blockerId: string
  blockedId: string
  version: number
  stands: boolean
}

export async function writeBlocks(tx: Transaction, table: string, blocks: BlockFacts[]): Promise<void> {
  const rows = blocks.map(({ blockerId, blockedId, version, stands }) => ({
    blocker_id: blockerId,
    blocked_id: blockedId,
    version,
    stands,
  }))
  await tx.query(putBlocks(table), [JSON.stringify(rows)])
}
