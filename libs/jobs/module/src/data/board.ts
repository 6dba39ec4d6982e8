import type { Output, Received } from '@cenopie/platform-contract'
import type { NamedStatement, Queryable } from '@cenopie/platform-database'
import type {
  PayRange,
  PostingState,
  PostingSummary,
  ScreeningQuestion,
  jobsContract,
} from '@cenopie/jobs-contract'
import { prefixQuery } from './search-words.ts'

type List = (typeof jobsContract)['operations']['listPostings']
export type BoardFilters = Omit<Received<List>, 'limit' | 'cursor'>
export type BoardPosition = [publishedAt: string, id: string]

/** Times leave PostgreSQL as the text that the wire carries: the session is in UTC. */
const isoTime = (column: string) => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const columns = `p.id, p.company_id AS "companyId", c.name AS "companyName", c.slug AS "companySlug", p.title, p.location,
  p.workplace, p.employment, p.skills, ${isoTime('p.published_at')} AS "publishedAt",
  ${isoTime('p.expires_at')} AS "expiresAt",
  CASE WHEN p.pay_currency IS NOT NULL THEN json_build_object('currency', p.pay_currency, 'min', p.pay_min,
    'max', p.pay_max, 'period', p.pay_period) END AS pay`

const conditions: Record<keyof BoardFilters, (at: string) => string> = {
  q: (at) => `posting_words(p.title, p.description, p.location, p.skills) @@ to_tsquery('simple', ${at})`,
  companyId: (at) => `p.company_id = ${at}::uuid`,
  // strpos knows no pattern characters that would need escaping.
  location: (at) => `strpos(lower(p.location), lower(${at})) > 0`,
  workplace: (at) => `p.workplace = ${at}`,
  employment: (at) => `p.employment = ${at}`,
}
const names = Object.keys(conditions) as (keyof BoardFilters)[]

type SummaryRow = Omit<PostingSummary, 'pay'> & { pay: PayRange | null }

/** Open postings, newest first; `limit` rows from behind `after`. */
export async function listBoard(
  db: Queryable,
  filters: BoardFilters,
  after: BoardPosition | undefined,
  limit: number,
): Promise<PostingSummary[]> {
  const used = names.filter((name) => filters[name] !== undefined)
  const values = used.map((name) => (name === 'q' ? prefixQuery(filters.q ?? '') : filters[name]))
  const rows = await db.query<SummaryRow>(listStatement(used, after !== undefined), [
    limit,
    ...values,
    ...(after ?? []),
  ])
  return rows.map(summary)
}

const statements = new Map<string, NamedStatement>()

/** One prepared statement per combination of filters (at most 64), so that each gets the plan that suits it. */
function listStatement(used: (keyof BoardFilters)[], continued: boolean): NamedStatement {
  const name = ['board', ...used, ...(continued ? ['after'] : [])].join('_')
  const known = statements.get(name)
  if (known) return known
  const where = used.map((filter, at) => `AND ${conditions[filter](`$${at + 2}`)}`)
  const at = used.length + 2
  if (continued) where.push(`AND (p.published_at, p.id) < ($${at}::timestamptz, $${at + 1}::uuid)`)
  const open = `p.state = 'published' AND p.expires_at > now() ${where.join(' ')}`
  const order = 'ORDER BY p.published_at DESC, p.id DESC'
  // The board's index yields its rows in order; those of a search are sorted, and formatted only if they are shown.
  const text = used.includes('q')
    ? `SELECT ${columns} FROM (SELECT * FROM posting p WHERE ${open} ${order} LIMIT $1) p
       JOIN company c ON c.id = p.company_id ${order}`
    : `SELECT ${columns} FROM posting p JOIN company c ON c.id = p.company_id WHERE ${open} ${order} LIMIT $1`
  const statement = { name, text }
  statements.set(name, statement)
  return statement
}

const detail: NamedStatement = {
  name: 'board_detail',
  text: `SELECT ${columns}, p.description, p.questions,
      CASE WHEN p.state = 'published' AND p.expires_at <= now() THEN 'expired' ELSE p.state END AS state
    FROM posting p JOIN company c ON c.id = p.company_id
    WHERE p.id = $1 AND p.state <> 'draft'`,
}

type DetailRow = SummaryRow & {
  description: string
  questions: ScreeningQuestion[]
  state: Exclude<PostingState, 'draft'>
}
export type BoardDetail = Omit<Output<(typeof jobsContract)['operations']['viewPosting']>, 'jsonLd'>

/** A posting that is or was published. */
export async function findOnBoard(db: Queryable, postingId: string): Promise<BoardDetail | undefined> {
  const [row] = await db.query<DetailRow>(detail, [postingId])
  return row && { ...summary(row), description: row.description, questions: row.questions, state: row.state }
}

/** The row itself where it can be: copying each cost a fiftieth of the request. */
function summary(row: SummaryRow): PostingSummary {
  if (hasPay(row)) return row
  const { pay: _none, ...rest } = row
  return rest
}

function hasPay(row: SummaryRow): row is SummaryRow & { pay: PayRange } {
  return row.pay !== null
}
