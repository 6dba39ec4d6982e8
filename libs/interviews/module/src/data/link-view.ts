import type { CandidateInterview, ConsentState } from '@cenopie/interviews-contract'
import { consentText } from '../domain/consent.ts'
import { candidateStatusAt, type StoredStatus } from '../domain/lifecycle.ts'
import { standingOf, type AnyQuestion } from '../domain/question-standing.ts'
import { accommodationOf, noAccommodation } from './accommodations.ts'
import { candidateQuestionOf } from './candidate-question.ts'
import type { Prisma } from './client.ts'
import { storedPractice, storedQuestions } from './questions.ts'
import type { TakeRow } from './takes.ts'

/** The interview behind a personal link, as its candidate sees it. */
export async function viewByLink(
  prisma: Prisma,
  tokenHash: string,
  now: Date,
): Promise<{ view: CandidateInterview; linkExpiresAt: Date } | undefined> {
  const row = await prisma.interview.findUnique({
    where: { tokenHash },
    include: {
      templateVersion: true,
      answers: true,
      accommodation: true,
      shownQuestions: true,
      takes: { orderBy: { number: 'asc' } },
    },
  })
  if (!row?.templateVersion || !row.deadline || !row.linkExpiresAt) return undefined
  const answers = new Map(row.answers.map((answer) => [answer.questionId, answer]))
  const shown = new Map(row.shownQuestions.map(({ questionId, shownAt }) => [questionId, shownAt]))
  const seen = (question: AnyQuestion) => {
    const takes = (row.takes as TakeRow[]).filter(({ questionId }) => questionId === question.id)
    const shownAt = shown.get(question.id)
    const standing = standingOf(question, row.accommodation ?? noAccommodation, takes, shownAt, now)
    return candidateQuestionOf({ question, standing, shownAt, takes })
  }
  const practice = storedPractice(row.templateVersion.practice)
  const view: CandidateInterview = {
    id: row.id,
    companyName: row.companyName,
    title: row.title,
    candidateName: row.candidateName,
    status: candidateStatusAt({ status: row.status as StoredStatus, deadline: row.deadline }, now),
    deadline: row.deadline.toISOString(),
    ...(row.submittedAt === null ? {} : { submittedAt: row.submittedAt.toISOString() }),
    language: row.templateVersion.language,
    questions: storedQuestions(row.templateVersion.questions).map((question) => {
      const { id, maxCharacters, required } = question
      const answer = answers.get(id)
      return {
        ...seen(question),
        maxCharacters,
        required,
        answer: answer?.text ?? '',
        ...(answer === undefined ? {} : { savedAt: answer.savedAt.toISOString() }),
      }
    }),
    ...(practice === undefined ? {} : { practice: seen(practice) }),
    ...(row.accommodation === null ? {} : { accommodation: accommodationOf(row.accommodation) }),
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
