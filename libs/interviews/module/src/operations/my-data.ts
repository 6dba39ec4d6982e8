import { Fault, faults } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import type { Prisma } from '../data/client.ts'
import { findMyData } from '../data/my-data.ts'
import { retainedUntil } from '../data/retention.ts'
import { findSelfIdentification } from '../data/self-identification.ts'
import type { Operations } from './types.ts'

export function myDataOperation(database: Database, prisma: Prisma): Operations<'viewMyInterviewData'> {
  return {
    async viewMyInterviewData({ interviewId }, { actor }) {
      const now = new Date()
      const data = await findMyData(prisma, interviewId, actor.id, now)
      if (!data) throw new Fault(faults.notFound)
      const [until, selfIdentification] = await Promise.all([
        retainedUntil(database, now, interviewId),
        findSelfIdentification(database, interviewId),
      ])
      return {
        ...data,
        ...(selfIdentification === undefined ? {} : { selfIdentification }),
        ...(until === undefined ? {} : { retainedUntil: until.toISOString() }),
      }
    },
  }
}
