import type { InterviewReview } from '@cenopie/interviews-contract'
import type { mediaContract } from '@cenopie/media-contract'
import type { Client } from '@cenopie/platform-contract'
import type { Call } from '@cenopie/platform-runtime'

/** How long the addresses work: a long look, and not a link to pass on. */
const seconds = 3600
/** The most that one call of the media domain takes. */
const most = 100

type Signed = Awaited<ReturnType<Client<typeof mediaContract>['signFiles']>>['files']

/** Addresses of what was made of these files; none while media cannot be asked. */
export async function signedFiles(
  fileIds: readonly string[],
  media: Client<typeof mediaContract>,
  call: Call,
): Promise<Signed> {
  const files: Signed = []
  try {
    for (let from = 0; from < fileIds.length; from += most) {
      const some = { fileIds: fileIds.slice(from, from + most), seconds }
      files.push(...(await media.signFiles(some, call)).files)
    }
  } catch (error) {
    call.log.warn({ err: error }, 'an interview is shown without its recordings')
  }
  return files
}

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
  const signed = await signedFiles(fileIds, media, call)
  return {
    ...review,
    questions: review.questions.map((reviewed) => {
      const { answer } = reviewed
      const file = signed.find(({ fileId }) => fileId === answer?.recording?.fileId)
      if (!answer?.recording || !file) return reviewed
      const recording = { ...answer.recording, urls: file.urls, urlsExpireAt: file.expiresAt }
      return { ...reviewed, answer: { ...answer, recording } }
    }),
  }
}
