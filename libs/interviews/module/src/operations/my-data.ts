import type { mediaContract } from '@cenopie/media-contract'
import { Fault, faults, type Client } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import type { Prisma } from '../data/client.ts'
import { findMyData } from '../data/my-data.ts'
import { retainedUntil } from '../data/retention.ts'
import { findSelfIdentification } from '../data/self-identification.ts'
import { signedFiles } from './recording-urls.ts'
import type { Operations } from './types.ts'

export function myDataOperation(
  database: Database,
  prisma: Prisma,
  media: Client<typeof mediaContract>,
): Operations<'viewMyInterviewData'> {
  return {
    async viewMyInterviewData({ interviewId }, call) {
      const now = new Date()
      const data = await findMyData(prisma, interviewId, call.actor.id, now)
      if (!data) throw new Fault(faults.notFound)
      const ready = data.recordings.flatMap(({ status, fileId }) => (status === 'ready' ? [fileId] : []))
      const [until, selfIdentification, signed] = await Promise.all([
        retainedUntil(database, now, interviewId),
        findSelfIdentification(database, interviewId),
        signedFiles(ready, media, call),
      ])
      return {
        ...data,
        recordings: data.recordings.map((recording) => {
          const file = signed.find(({ fileId }) => fileId === recording.fileId)
          return file ? { ...recording, urls: file.urls, urlsExpireAt: file.expiresAt } : recording
        }),
        ...(selfIdentification === undefined ? {} : { selfIdentification }),
        ...(until === undefined ? {} : { retainedUntil: until.toISOString() }),
      }
    },
  }
}
