import assert from 'node:assert/strict'
import { foundCompany } from './hiring.ts'
import { invited, settled, submitted } from './interviewing.ts'
import { newcomer } from './person.ts'
import { ownProfile } from './profile.ts'
import { template } from './rubric.ts'
import type { Stage } from './stage.ts'

/** One question: what is done with two at the same time stands in the trail in any order. */
const short = { ...template, questions: template.questions.slice(0, 1) }

/** A company decides, and saves for its files what it decided by. */
export async function downloads(stage: Stage): Promise<void> {
  const { step } = stage
  const recruiter = await newcomer(stage, 'Fiona Filer')
  const candidate = await newcomer(stage, 'Carl Candidate')
  await ownProfile(candidate)
  const { interviews } = recruiter.api
  const { id: companyId } = await foundCompany(recruiter)
  const interviewId = await invited(recruiter, candidate, companyId, 'en', short)
  const { token } = await candidate.api.interviews.openMyInterview({ interviewId })
  await candidate.api.interviews.identifyMyself({ token, sex: 'female', ethnicity: 'declined' })
  await submitted(candidate, interviewId)
  await settled(recruiter, companyId, interviewId, 'analysed')
  const reason = 'Finds the cause before changing things.'
  await interviews.decideInterview({ interviewId, decision: 'advance', reason })

  await step('The interview is saved as a PDF, with its decision and its trail', async () => {
    const text = (await interviews.exportInterviewPdf({ interviewId })) as string
    for (const part of [candidate.name, reason, 'Audit trail', 'interview.decided', 'interview.exported'])
      assert(text.includes(part.replaceAll(' ', '')), `the PDF does not say "${part}"`)
  })
  await step('… and the bias audit as a table, which tells nothing of a single person', async () => {
    const day = new Date().toISOString().slice(0, 10)
    const period = { from: `${day.slice(0, 4)}-01-01`, to: day }
    const table = (await interviews.exportBiasAuditCsv({ companyId, ...period })) as string
    assert.match(table, /^table,from,to,sex,ethnicity,/)
    assert.match(table, /^sex,[\d,-]+,female,,suppressed,+\r$/m)
  })
}
