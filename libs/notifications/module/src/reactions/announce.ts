import type { CallContext } from '@cenopie/platform-contract'
import type { Transaction } from '@cenopie/platform-database'
import { announcedSince, saveAnnouncement } from '../data/announcements.ts'
import type { Announcement } from '../data/announcements.ts'
import { erasedAmong } from '../data/erasure.ts'
import { lockCompany, membersOf, saveMember } from '../data/members.ts'
import type { MembershipChange } from '../data/members.ts'
import { namedBy, sparing } from '../domain/erased.ts'
import { manages } from '../domain/members.ts'
import type { Deliver } from './deliver.ts'

/** Tells everybody who manages a company's hiring, and keeps the news for managers not known yet. */
export async function announce(
  tx: Transaction,
  call: CallContext,
  deliver: Deliver,
  announcement: Announcement,
): Promise<void> {
  const { companyId } = announcement
  await lockCompany(tx, companyId, 'announce')
  const members = await membersOf(tx, companyId)
  const managers = [...members].filter(([, role]) => manages(role)).map(([userId]) => userId)
  const told = sparing(await erasedAmong(tx, namedBy(announcement, managers)), announcement)
  await saveAnnouncement(tx, told)
  await tell(tx, call, deliver, told, managers, members)
}

/**
 * Takes over a change of membership. Events come in any order, so news from after the change may be here first:
 * whoever manages since then is told now, up to the moment of a later change that is known already.
 */
export async function changeMember(
  tx: Transaction,
  call: CallContext,
  deliver: Deliver,
  change: MembershipChange,
): Promise<void> {
  const { companyId, userId } = change
  await lockCompany(tx, companyId, 'change')
  const current = await saveMember(tx, change)
  if (!manages(change.role) || !manages(current.role)) return
  const until = current.version > change.version ? current.changedAt : undefined
  const missed = await announcedSince(tx, companyId, change.occurredAt, until)
  if (missed.length === 0) return
  const members = await membersOf(tx, companyId)
  for (const announcement of missed) await tell(tx, call, deliver, announcement, [userId], members)
}

async function tell(
  tx: Transaction,
  call: CallContext,
  deliver: Deliver,
  announcement: Announcement,
  managers: string[],
  members: ReadonlyMap<string, string | null>,
): Promise<void> {
  const { mailTo, actedBy } = announcement
  // Somebody who left or lost the role cannot act on it; somebody not known yet will be told when known.
  const gone = mailTo !== undefined && members.has(mailTo) && !manages(members.get(mailTo) ?? null)
  const responsible = gone ? undefined : mailTo
  const receivers = managers
    .filter((userId) => userId !== actedBy)
    .map((userId) => ({ userId, mail: responsible === undefined || responsible === userId }))
  await deliver(tx, call, announcement, receivers)
}
