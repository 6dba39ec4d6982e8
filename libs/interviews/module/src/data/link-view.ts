import type { CandidateInterview, ConsentState, InterviewQuestion } from '@cenopie/interviews-contract'
import { consentText } from '../domain/consent.ts'
import { candidateStatusAt } from '../domain/lifecycle.ts'
import type { Prisma } from './client.ts'
import { standingOf } from './summaries.ts'

/** The interview behind a personal link, as its candidate sees it. */
export async function viewByLink(
  prisma: Prisma,
  tokenHash: string,
  now: Date,
): Promise<{ view: CandidateInterview; linkExpiresAt: Date } | undefined> {
  const row = await prisma.interview.findUnique({
    where: { tokenHash },
    include: { templateVersion: true, answers: true },
  })
  if (!row?.templateVersion || !row.deadline || !row.linkExpiresAt) return undefined
  const answers = new Map(row.answers.map((answer) => [answer.questionId, answer]))
  const questions = row.templateVersion.questions as unknown as InterviewQuestion[]
  const view: CandidateInterview = {
    id: row.id,
    companyName: row.companyName,
    title: row.title,
    candidateName: row.candidateName,
    status: candidateStatusAt(standingOf(row), now),
    deadline: row.deadline.toISOString(),
    ...(row.submittedAt === null ? {} : { submittedAt: row.submittedAt.toISOString() }),
    language: row.templateVersion.language,
    questions: questions.map(({ id, prompt, guidance, maxCharacters, required }) => {
      const answer = answers.get(id)
      return {
        id,
        prompt,
        guidance,
        maxCharacters,
        required,
        answer: answer?.text ?? '',
        ...(answer === undefined ? {} : { savedAt: answer.savedAt.toISOString() }),
      }
    }),
    consent: {
      state: row.consent as ConsentState,
      ...(row.consentAt === null ? {} : { decidedAt: row.consentAt.toISOString() }),
      ...consentText,
    },
    alternativeProcess: alternativeProcess(row),
  }
  return { view, linkExpiresAt: row.linkExpiresAt }
}

/** People alone evaluate: asked for, or submitted without consent. */
export function alternativeProcess(row: { consent: string; submittedAt: Date | null }): boolean {
  return row.consent !== 'given' && (row.consent !== 'none' || row.submittedAt !== null)
}
