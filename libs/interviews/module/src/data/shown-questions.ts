import type { Queryable } from '@cenopie/platform-database'

/** When each question was first shown, by question. */
export async function shownQuestions(database: Queryable, interviewId: string): Promise<Map<string, Date>> {
  const rows = await database.query<{ questionId: string; shownAt: Date }>(
    `SELECT question_id AS "questionId", shown_at AS "shownAt" FROM shown_question WHERE interview_id = $1`,
    [interviewId],
  )
  return new Map(rows.map(({ questionId, shownAt }) => [questionId, shownAt]))
}

/** The first time stays. */
export async function noteShown(
  tx: Queryable,
  interviewId: string,
  questionId: string,
  now: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO shown_question (interview_id, question_id, shown_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    [interviewId, questionId, now],
  )
}
