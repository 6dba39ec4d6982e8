import type { Audience } from '../domain/person-document.ts'
import type { PersonShown } from '../domain/person-document.ts'
import type { PostingShown } from '../domain/posting-document.ts'
import { finder } from './find.ts'

export interface PostingConditions {
  payMin?: number | undefined
  payCurrency?: string | undefined
  payPeriod?: string | undefined
  publishedSince?: string | undefined
}

/** Open postings. An expiry that has passed counts at once, whether its news has come or not. */
export const findPostings = finder<PostingShown>({
  name: 'postings',
  table: 'posting',
  listed: '',
  body: 'p.body',
  condition: `p.listed and p.expires_at > now()
    and ($7::int is null or (p.pay_max >= $7 and p.pay_currency = $8 and p.pay_period = $9))
    and ($10::bigint is null or p.rank >= $10)`,
})

export function postingValues({
  payMin,
  payCurrency,
  payPeriod,
  publishedSince,
}: PostingConditions): unknown[] {
  const since = publishedSince === undefined ? null : Date.parse(publishedSince)
  return payMin === undefined ? [null, null, null, since] : [payMin, payCurrency, payPeriod, since]
}

/** `$7`: the viewer. Whoever blocked them or was blocked by them is not there. */
const unblocked = `p.id not in (
    select blocked_id from block where stands and blocker_id = $7::uuid
    union all select blocker_id from block where stands and blocked_id = $7::uuid)`

export const findPeople: Record<Audience, ReturnType<typeof finder<PersonShown>>> = {
  members: finder<PersonShown>({
    name: 'members',
    table: 'person',
    listed: 'm',
    condition: `p.listed and p.audience = 'members' and ${unblocked}`,
  }),
  public: finder<PersonShown>({
    name: 'public',
    table: 'person',
    listed: 'p',
    condition: `p.listed and p.audience = 'public' and $7::uuid is null`,
  }),
}
