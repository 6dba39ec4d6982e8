import { interviewFaults } from '@cenopie/interviews-contract'
import { Fault, faults } from '@cenopie/platform-contract'
import type { Queryable } from '@cenopie/platform-database'
import type { AuditRecord } from '../data/audit.ts'
import { lockByLink, type InterviewRow } from '../data/interview-row.ts'
import { hashToken } from '../domain/personal-link.ts'

/** The interview behind a personal link, locked. An unknown token looks like nothing at all. */
export async function lockLinked(tx: Queryable, token: string, now: Date): Promise<InterviewRow> {
  const interview = await lockByLink(tx, hashToken(token))
  if (!interview) throw new Fault(faults.notFound)
  requireLive(interview.linkExpiresAt, now)
  return interview
}

/** @throws Fault link-expired */
export function requireLive(linkExpiresAt: Date | null, now: Date): void {
  if (linkExpiresAt === null || linkExpiresAt <= now) throw new Fault(interviewFaults.linkExpired)
}

/** Whoever holds the link acts as the candidate, signed in or not. */
export function candidateOf(interview: InterviewRow): AuditRecord['actor'] {
  return { kind: 'candidate', id: interview.candidateId }
}
