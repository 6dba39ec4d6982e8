import type { Comparison, InterviewQuestion, Scorecard } from '@cenopie/interviews-contract'

type Cell = Comparison['criteria'][number]['cells'][number]

/** What one column is made of; only scorecards that the reader may see. */
export interface Compared {
  interviewId: string
  templateVersion: number
  questions: readonly InterviewQuestion[]
  scores: readonly { criterionId: string; score: number; overrideScore: number | null }[]
  scorecards: readonly Scorecard[]
}

/** One row for each criterion: as the newest version among them orders and names it, then what only older ones have. */
export function compare(interviews: readonly Compared[]): Comparison['criteria'] {
  const rows = new Map<string, Comparison['criteria'][number]>()
  for (const { questions } of interviews.toSorted((a, b) => b.templateVersion - a.templateVersion)) {
    for (const question of questions) {
      for (const { id: criterionId, name, weight } of question.criteria) {
        if (rows.has(criterionId)) continue
        const heading = { questionId: question.id, question: question.prompt, criterionId, name, weight }
        rows.set(criterionId, { ...heading, cells: [] })
      }
    }
  }
  for (const interview of interviews) {
    for (const { id } of interview.questions.flatMap(({ criteria }) => criteria)) {
      rows.get(id)?.cells.push(cellOf(interview, id))
    }
  }
  return [...rows.values()]
}

function cellOf({ interviewId, scores, scorecards }: Compared, criterionId: string): Cell {
  const given = scores.find((score) => score.criterionId === criterionId)
  const shown = scorecards.flatMap(({ reviewerId, scores: own }) =>
    own.filter((score) => score.criterionId === criterionId).map(({ score }) => ({ reviewerId, score })),
  )
  const values = shown.map(({ score }) => score)
  return {
    interviewId,
    ...(given === undefined ? {} : { aiScore: given.score }),
    ...(given === undefined || given.overrideScore === null ? {} : { override: given.overrideScore }),
    scorecards: shown,
    ...(values.length === 0
      ? {}
      : {
          mean: Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 100) / 100,
          spread: Math.max(...values) - Math.min(...values),
        }),
  }
}
