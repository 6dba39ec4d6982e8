import type { interviewsContract } from '@cenopie/interviews-contract'
import { Fault, faults } from '@cenopie/platform-contract'
import type { StreamHandlers } from '@cenopie/platform-runtime'
import type { Prisma } from '../data/client.ts'
import { findReview } from '../data/review.ts'
import { webVtt } from '../domain/captions.ts'
import { readerOf } from './authorise.ts'
import { madeNow } from './made-now.ts'

/** For whoever may read the review, of what the review shows. */
export function captions(prisma: Prisma): Pick<StreamHandlers<typeof interviewsContract>, 'readCaptions'> {
  return {
    async readCaptions({ interviewId, answerId }, { actor }) {
      const review = await findReview(prisma, interviewId, readerOf(actor), new Date())
      const transcript = review?.questions.find(({ answer }) => answer?.id === answerId)?.answer?.transcript
      if (!transcript) throw new Fault(faults.notFound)
      return madeNow(Buffer.from(webVtt(transcript.words)), 'text/vtt; charset=utf-8')
    },
  }
}
