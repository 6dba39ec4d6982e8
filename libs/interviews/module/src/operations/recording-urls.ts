import type { InterviewReview } from '@cenopie/interviews-contract'
import type { mediaContract } from '@cenopie/media-contract'
import type { Client } from '@cenopie/platform-contract'
import type { Call } from '@cenopie/platform-runtime'

/** How long the addresses of a review work: a long look, and not a link to pass on. */
const seconds = 3600

/**
 * The review with addresses of what was made of its recordings. While media cannot be asked it is shown without: what
 * was written down, scored and said of it can be read all the same.
 */
export async function withRecordingUrls(
  review: InterviewReview,
  media: Client<typeof mediaContract>,
  call: Call,
): Promise<InterviewReview> {
  const fileIds = review.questions.flatMap(({ answer }) =>
    answer?.recording?.status === 'ready' ? [answer.recording.fileId] : [],
  )
  if (fileIds.length === 0) return review
  const signed = await media.signFiles({ fileIds, seconds }, call).catch((error: unknown) => {
    call.log.warn({ err: error }, 'a review is shown without its recordings')
    return { files: [] }
  })
  return {
    ...review,
    questions: review.questions.map((reviewed) => {
      const { answer } = reviewed
      const file = signed.files.find(({ fileId }) => fileId === answer?.recording?.fileId)
      if (!answer?.recording || !file) return reviewed
      const recording = { ...answer.recording, urls: file.urls, urlsExpireAt: file.expiresAt }
      return { ...reviewed, answer: { ...answer, recording } }
    }),
  }
}
