/** The public board without anything around it: one prepared statement, the same bytes. */
import pg from 'pg'
import { serve } from './serve.ts'

const pool = new pg.Pool({
  connectionString: process.env['DATABASE_URL'],
  max: 5,
  options: '-c search_path=jobs -c timezone=UTC',
})

const isoTime = (column: string) => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const board = {
  name: 'board',
  text: `SELECT p.id, p.company_id AS "companyId", c.name AS "companyName", c.slug AS "companySlug", p.title, p.location,
      p.workplace, p.employment, p.skills, ${isoTime('p.published_at')} AS "publishedAt",
      ${isoTime('p.expires_at')} AS "expiresAt",
      CASE WHEN p.pay_currency IS NOT NULL THEN json_build_object('currency', p.pay_currency, 'min', p.pay_min,
        'max', p.pay_max, 'period', p.pay_period) END AS pay
    FROM posting p JOIN company c ON c.id = p.company_id
    WHERE p.state = 'published' AND p.expires_at > now()
    ORDER BY p.published_at DESC, p.id DESC LIMIT $1`,
}
const limit = 20

serve(async () => {
  const { rows } = await pool.query({ ...board, values: [limit + 1] })
  const items = rows.slice(0, limit).map(({ pay, ...row }) => (pay === null ? row : { ...row, pay }))
  const last = items.at(-1)
  const nextCursor = Buffer.from(JSON.stringify([last?.publishedAt, last?.id])).toString('base64url')
  return { status: 200, body: JSON.stringify(rows.length > limit ? { items, nextCursor } : { items }) }
})
