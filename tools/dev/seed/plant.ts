import { eventually, tokenIn } from '@cenopie/e2e'
import { template, type Company } from './companies.ts'
import type { Candidate } from './people.ts'
import { session, type Session, type Target } from './session.ts'

/** A company with its owner, recruiter, interview template and postings. */
export async function plantCompany(
  target: Target,
  { name, owner, recruiter, postings }: Company,
): Promise<void> {
  const [founder, hirer] = await Promise.all([session(target, owner), session(target, recruiter)])
  const company = await foundCompany(founder, name)
  await invite(target, founder, hirer, company.companyId, recruiter.email)
  const companyId = company.companyId
  const { items } = await hirer.jobs.listCompanyPostings({ companyId })
  const missing = postings.filter(({ title }) => !items.some((posting) => posting.title === title))
  // The public board shows the newest first; the first of the list is to be on top.
  for (const { interview, draft, ...posting } of missing.toReversed()) {
    const { id: postingId } = await hirer.jobs.createPosting({ companyId, ...posting })
    if (interview) await assignTemplate(hirer, companyId, postingId)
    if (!draft) await hirer.jobs.publishPosting({ postingId })
  }
}

async function foundCompany(founder: Session, name: string): Promise<{ companyId: string }> {
  const { memberships } = await founder.auth.me({})
  const existing = memberships.find(({ companyName }) => companyName === name)
  if (existing) return existing
  const { id } = await founder.auth.createCompany({ name })
  await founder.renew()
  return { companyId: id }
}

async function invite(
  { mailbox }: Target,
  founder: Session,
  guest: Session,
  companyId: string,
  email: string,
) {
  const { memberships } = await guest.auth.me({})
  if (memberships.some((membership) => membership.companyId === companyId)) return
  await founder.auth.createInvitation({ companyId, email, role: 'recruiter' })
  const mail = await mailbox.waitFor(email, /invite|join/i)
  await guest.auth.acceptInvitation({ token: tokenIn(mail) })
  await guest.renew()
}

async function assignTemplate(hirer: Session, companyId: string, postingId: string): Promise<void> {
  const { id: templateId } = await hirer.interviews.createTemplate({ companyId, ...template })
  await hirer.interviews.publishTemplate({ templateId })
  await hirer.interviews.assignTemplate({ postingId, templateId })
}

/** A candidate with a full profile. */
export async function plantCandidate(target: Target, candidate: Candidate): Promise<Session> {
  const { headline, location, about, openToWork, skills, experience, education, languages } = candidate
  const person = await session(target, candidate)
  // The profile follows the account by an event.
  const { version } = await eventually(`the profile of ${candidate.name}`, () =>
    person.users.getMe({}).catch(() => undefined),
  )
  const { users } = person
  let at = await users.updateMe({ version, headline, location, about, openToWork })
  at = await users.replaceExperience({ version: at.version, items: experience })
  at = await users.replaceEducation({ version: at.version, items: education })
  at = await users.replaceSkills({ version: at.version, items: skills })
  await users.replaceLanguages({ version: at.version, items: languages })
  return person
}
