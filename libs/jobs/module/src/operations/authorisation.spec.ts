import { jobsContract } from '@cenopie/jobs-contract'
import type { CompanyPosting } from '@cenopie/jobs-contract'
import type { CallContext, UserActor } from '@cenopie/platform-contract'
import { callBy, userActor } from '@cenopie/platform-testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { outcome, posting, startScene } from '../scene.ts'
import type { Applied, Company, Scene } from '../scene.ts'

type Operation = keyof (typeof jobsContract)['operations']
/** Made when first asked for: each is several calls. */
interface Situation {
  draft(): Promise<CompanyPosting>
  open(): Promise<CompanyPosting>
  applied(): Promise<Applied>
  offered(): Promise<Applied>
}
type Attempt = (at: Situation, call: CallContext<UserActor>) => Promise<unknown>

let scene: Scene
let company: Company
let other: Company

beforeAll(async () => {
  scene = await startScene()
  company = await scene.company()
  other = await scene.company('Somebody Else')
})
afterAll(() => scene.app.close())

const client = () => scene.app.client
const attempts: Record<Operation, Attempt> = {
  listPostings: (_at, call) => client().listPostings({}, call),
  viewPosting: async (at, call) => client().viewPosting({ postingId: (await at.open()).id }, call),
  createPosting: (_at, call) =>
    client().createPosting({ companyId: company.id, ...posting, skills: [] }, call),
  editPosting: async (at, call) =>
    client().editPosting({ postingId: (await at.draft()).id, version: 1, title: 'Changed' }, call),
  publishPosting: async (at, call) => client().publishPosting({ postingId: (await at.draft()).id }, call),
  closePosting: async (at, call) => client().closePosting({ postingId: (await at.open()).id }, call),
  listCompanyPostings: (_at, call) => client().listCompanyPostings({ companyId: company.id }, call),
  getCompanyPosting: async (at, call) =>
    client().getCompanyPosting({ companyId: company.id, postingId: (await at.draft()).id }, call),
  getPosting: async (at, call) => client().getPosting({ postingId: (await at.draft()).id }, call),
  snapshotPostings: (_at, call) => client().snapshotPostings({}, call),
  apply: async (at, call) => client().apply({ postingId: (await at.open()).id }, call),
  listMyApplications: (_at, call) => client().listMyApplications({}, call),
  getMyApplication: async (at, call) => client().getMyApplication(await applicationId(at), call),
  withdrawApplication: async (at, call) => client().withdrawApplication(await applicationId(at), call),
  listApplications: async (at, call) =>
    client().listApplications({ postingId: (await at.applied()).application.postingId }, call),
  reviewApplication: async (at, call) =>
    client().reviewApplication({ companyId: company.id, ...(await applicationId(at)) }, call),
  advanceApplication: async (at, call) =>
    client().advanceApplication(
      { ...(await applicationId(at)), fromStage: 'applied', toStage: 'screening' },
      call,
    ),
  rejectApplication: async (at, call) =>
    client().rejectApplication({ ...(await applicationId(at)), fromStage: 'applied', reason: 'other' }, call),
  hireApplication: async (at, call) =>
    client().hireApplication({ applicationId: (await at.offered()).id }, call),
  addApplicationNote: async (at, call) =>
    client().addApplicationNote({ ...(await applicationId(at)), text: 'Called.' }, call),
  listApplicationNotes: async (at, call) => client().listApplicationNotes(await applicationId(at), call),
  getApplication: async (at, call) => client().getApplication(await applicationId(at), call),
}

async function applicationId(at: Situation) {
  return { applicationId: (await at.applied()).id }
}

const callers = {
  stranger: () => callBy(userActor()),
  'recruiter of another company': () => other.recruiter,
  interviewer: () => company.interviewer,
  recruiter: () => company.recruiter,
  admin: () => company.admin,
  owner: () => company.owner,
  candidate: async (at: Situation) => callBy((await at.applied()).candidate.actor),
}
type Caller = keyof typeof callers

const everybody = Object.keys(callers) as Caller[]
const managers: Caller[] = ['recruiter', 'admin', 'owner']
const members: Caller[] = ['interviewer', ...managers]

/** Who gets through. Of the others, members are told that they may not; for the rest there is nothing. */
const allowed: Record<Operation, Caller[]> = {
  listPostings: everybody,
  viewPosting: everybody,
  createPosting: managers,
  editPosting: managers,
  publishPosting: managers,
  closePosting: managers,
  listCompanyPostings: members,
  getCompanyPosting: members,
  getPosting: everybody,
  snapshotPostings: everybody,
  apply: everybody,
  listMyApplications: everybody,
  getMyApplication: ['candidate'],
  withdrawApplication: ['candidate'],
  listApplications: members,
  reviewApplication: members,
  advanceApplication: managers,
  rejectApplication: managers,
  hireApplication: managers,
  addApplicationNote: managers,
  listApplicationNotes: managers,
  getApplication: everybody,
}

function expected(operation: Operation, caller: Caller): string {
  if (allowed[operation].includes(caller)) return 'done'
  return caller === 'interviewer' && allowed[operation] === managers ? 'forbidden' : 'not-found'
}

function situation(): Situation {
  const once = <T>(make: () => Promise<T>) => {
    let made: Promise<T> | undefined
    return () => (made ??= make())
  }
  return {
    draft: once(() => scene.draft(company)),
    open: once(() => scene.open(company)),
    applied: once(() => scene.applicationIn('applied', company)),
    offered: once(() => scene.applicationIn('offer', company)),
  }
}

describe.each(Object.keys(attempts) as Operation[])('%s', (operation) => {
  const { access, method, path } = jobsContract.operations[operation]

  test('lets through whom it should, and nobody else', async () => {
    const outcomes: Record<string, string> = {}
    let at = situation()
    for (const caller of everybody) {
      const call = await callers[caller](at)
      outcomes[caller] = await outcome(attempts[operation](at, call))
      // What was let through may have changed what it was tried on.
      if (method !== 'GET' && outcomes[caller] === 'done') at = situation()
    }
    expect(outcomes).toEqual(Object.fromEntries(everybody.map((one) => [one, expected(operation, one)])))
  })

  test('over HTTP: without a token only what is public; never what is internal', async () => {
    const at = situation()
    const url = path
      .replace('{postingId}', (await at.open()).id)
      .replace('{applicationId}', (await at.applied()).id)
      .replace('{companyId}', company.id)
    const request = { method, url, ...(method === 'GET' ? {} : { body: {} }) }
    expect((await scene.app.http(request)).status).toBe({ public: 200, user: 401, internal: 404 }[access])
    if (access !== 'internal') return
    expect((await scene.app.http({ ...request, actor: company.owner.actor })).status).toBe(404)
  })
})

test('an id of one company under the path of another finds nothing', async () => {
  const at = situation()
  const both = callBy(userActor({ memberships: { [company.id]: 'owner', [other.id]: 'owner' } }))
  const posting = { companyId: other.id, postingId: (await at.draft()).id }
  const application = { companyId: other.id, ...(await applicationId(at)) }
  expect(await outcome(client().getCompanyPosting(posting, both))).toBe('not-found')
  expect(await outcome(client().reviewApplication(application, both))).toBe('not-found')
})
