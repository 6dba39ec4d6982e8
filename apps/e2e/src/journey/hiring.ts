import { template } from './rubric.ts'
import type { Person } from './person.ts'

/** Founds a company of a name of its own; the founder's next token names it. */
export async function foundCompany(owner: Person) {
  const company = await owner.api.auth.createCompany({ name: `Analytical Engines ${owner.unique()}` })
  await owner.refresh()
  return company
}

export type TemplateContent = Omit<Parameters<Person['api']['interviews']['createTemplate']>[0], 'companyId'>

export async function publishTemplate(
  recruiter: Person,
  companyId: string,
  content: TemplateContent = template,
) {
  const draft = await recruiter.api.interviews.createTemplate({ companyId, ...content })
  return recruiter.api.interviews.publishTemplate({ templateId: draft.id })
}

export function draftPosting(recruiter: Person, companyId: string, title = 'Backend engineer') {
  return recruiter.api.jobs.createPosting({
    companyId,
    title,
    description: 'You build and run the services behind our products.\n\nWe write things down and measure.',
    location: 'Berlin, Germany',
    workplace: 'hybrid',
    employment: 'full-time',
    skills: ['TypeScript', 'PostgreSQL'],
    pay: { currency: 'EUR', min: 65_000, max: 85_000, period: 'year' },
    questions: [{ id: 'work-permit', prompt: 'May you work in Germany?', kind: 'yes-no' }],
  })
}

export function apply(candidate: Person, postingId: string) {
  return candidate.api.jobs.apply({
    postingId,
    coverLetter: 'I have run services like yours for six years and enjoy finding out why they are slow.',
    answers: [{ questionId: 'work-permit', value: 'yes' }],
  })
}
