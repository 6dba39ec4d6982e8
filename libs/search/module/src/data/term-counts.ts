import type { Database, Transaction } from '@cenopie/platform-database'
import type { Scope } from './terms.ts'

/** Lexemes that fewer documents have are rare: their number does not matter to how they are searched. */
export const frequent = 1000

/** Reading the words of all documents takes longer than any request may. */
const patient = 'set local statement_timeout = 0'

/** What is counted in each scope, as it stands behind `from`. */
const documents: Record<Scope, string> = {
  postings: 'posting where listed',
  members: `person where listed and audience = 'members'`,
  public: `person where listed and audience = 'public'`,
}

async function countScope(tx: Transaction, scope: Scope): Promise<void> {
  const from = documents[scope]
  await tx.query(patient)
  await tx.query(
    `create temporary table counted on commit drop as
     select word, ndoc from ts_stat('select words from ${from.replaceAll("'", "''")}')`,
  )
  await tx.query('delete from lexeme_count where scope = $1', [scope])
  await tx.query(
    `insert into lexeme_count select $1, word, ndoc from counted where ndoc >= $2
     union all select $1, '', count(*) from ${from}`,
    [scope, frequent],
  )
  await tx.query(
    `update term t set docs = ndoc from counted
     where t.scope = $1 and t.kind = 'word' and t.lexeme = word and t.docs <> ndoc`,
    [scope],
  )
  await tx.query(
    `delete from term t where t.scope = $1 and t.kind = 'word' and not exists (select from index_state where building)
       and not exists (select from counted where word = t.lexeme)`,
    [scope],
  )
}

/** Phrases count where they occur as they are; `key` is compared, so spellings are one. */
const phrases = `
  with phrase (kind, text) as (
      select 'title', shown ->> 'title' from posting where listed
      union all select 'company', shown ->> 'companyName' from posting where listed
      union all select 'location', shown ->> 'location' from posting where listed
      union all select 'skill', jsonb_array_elements_text(shown -> 'skills') from posting where listed),
    counted as (select kind, text, count(*)::int as docs from phrase group by kind, text),
    gone as (delete from term t where t.scope = 'postings' and t.kind <> 'word'
      and not exists (select from index_state where building)
      and not exists (select from counted c where c.kind = t.kind and c.text = t.text))
  update term t set docs = counted.docs from counted
  where t.scope = 'postings' and t.kind = counted.kind and t.text = counted.text and t.docs <> counted.docs`

/** Counts anew how many documents have each term; forgets what none has, unless an index is just being built. */
export async function countTerms(database: Database): Promise<void> {
  for (const scope of Object.keys(documents) as Scope[])
    await database.transaction((tx) => countScope(tx, scope))
  await database.transaction(async (tx) => {
    await tx.query(patient)
    await tx.query(phrases)
  })
  // Sooner than PostgreSQL would by itself: plans made before know nothing of a dictionary that was just filled.
  for (const table of ['term', 'lexeme_count']) await database.query(`analyze ${table}`)
}
