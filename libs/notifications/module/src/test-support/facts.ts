import { randomUUID } from 'node:crypto'

/** One main job: a company, its posting, a candidate's application and interview. */
export function mainJob(given: Partial<Names> = {}) {
  const names: Names = {
    companyName: 'Analytical Engines',
    title: 'Engineer',
    candidateName: 'Ada Lovelace',
    ...given,
  }
  const ids = {
    companyId: randomUUID(),
    postingId: randomUUID(),
    applicationId: randomUUID(),
    interviewId: randomUUID(),
    candidateId: randomUUID(),
  }
  const { interviewId, ...ofApplication } = ids
  return {
    ...ids,
    application: { ...ofApplication, ...names },
    interview: { ...ofApplication, interviewId, ...names },
  }
}

interface Names {
  companyName: string
  title: string
  candidateName: string
}

export const entity = (id: string, version = 1) => ({ id, version })

/** As long as a real one: 32 random bytes in base64url. */
export const secret = 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA'

export const inAWeek = '2026-11-30T17:00:00.000Z'
