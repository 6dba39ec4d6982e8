import { randomUUID } from 'node:crypto'
import { authContract, authEvents } from '@cenopie/auth-contract'
import type { CompanyPosting, MyApplication, Stage, jobsContract } from '@cenopie/jobs-contract'
import type { CallContext, Client, Input, UserActor } from '@cenopie/platform-contract'
import { Fault } from '@cenopie/platform-contract'
import type { TestModule } from '@cenopie/platform-testing'
import { callBy, fake, membersOf, testModule, userActor } from '@cenopie/platform-testing'
import { usersContract } from '@cenopie/users-contract'
import { jobs } from './index.ts'

type Operations = (typeof jobsContract)['operations']
export type Jobs = TestModule<typeof jobsContract>

/** For the specs: the module, and a way to the situations that they start from. */
export interface Scene {
  app: Jobs
  users: { getProfileSummary: Client<typeof usersContract>['getProfileSummary'] }
  /** A company that the module has heard of, with one member in each role. */
  company(name?: string): Promise<Company>
  draft(by: Company, given?: Partial<Input<Operations['createPosting']>>): Promise<CompanyPosting>
  open(by: Company, given?: Partial<Input<Operations['createPosting']>>): Promise<CompanyPosting>
  apply(postingId: string, given?: Partial<Input<Operations['apply']>>, actor?: UserActor): Promise<Applied>
  /** An application that has come as far as `stage`. */
  applicationIn(stage: 'applied' | 'screening' | 'interview' | 'offer', by: Company): Promise<Applied>
  /** As if the date of a posting had come. */
  pass(postingId: string): Promise<void>
}

export type Company = ReturnType<typeof members> & { name: string }

export interface Applied {
  id: string
  candidate: CallContext<UserActor>
  application: MyApplication
}

export const posting = {
  title: 'Backend engineer',
  description: 'You keep the analytical engines running.\n\nRemote days are fine.',
  location: 'Berlin, Germany',
  workplace: 'hybrid',
  employment: 'full-time',
  skills: ['TypeScript', 'PostgreSQL'],
} as const

export async function startScene(requires: { auth?: Client<typeof authContract> } = {}): Promise<Scene> {
  const users: Scene['users'] = {
    getProfileSummary: ({ userId }) =>
      Promise.resolve({ userId, name: 'Ada Lovelace', headline: 'Engineer', location: 'London' }),
  }
  const app = await testModule(jobs, {
    requires: {
      auth: requires.auth ?? fake(authContract),
      users: fake(usersContract, {
        getProfileSummary: (input, call) => users.getProfileSummary(input, call),
      }),
    },
  })

  const company = async (name = 'Analytical Engines') => {
    const id = randomUUID()
    const payload = {
      companyId: id,
      name,
      slug: name.toLowerCase().replaceAll(' ', '-'),
      ownerId: randomUUID(),
    }
    await app.deliver(authEvents.companyCreated, { entity: { id, version: 1 }, payload })
    return Object.assign(members(id), { name })
  }
  const draft: Scene['draft'] = (by, given = {}) =>
    app.client.createPosting(
      { companyId: by.id, ...posting, skills: [...posting.skills], ...given },
      by.recruiter,
    )
  const open: Scene['open'] = async (by, given) => {
    const { id } = await draft(by, given)
    return app.client.publishPosting({ postingId: id }, by.recruiter)
  }
  const apply: Scene['apply'] = async (postingId, given = {}, actor = userActor()) => {
    const candidate = callBy(actor)
    const application = await app.client.apply({ postingId, ...given }, candidate)
    return { id: application.id, candidate, application }
  }
  return {
    ...{ app, users, company, draft, open, apply },
    async applicationIn(stage, by) {
      const applied = await apply((await open(by)).id)
      const path: Stage[] = ['applied', 'screening', 'interview', 'offer']
      for (const [at, toStage] of path.slice(1, path.indexOf(stage) + 1).entries()) {
        const move = { applicationId: applied.id, fromStage: path[at] as Stage, toStage: toStage as 'offer' }
        await app.client.advanceApplication(move, by.recruiter)
      }
      return applied
    },
    async pass(postingId) {
      await app.sql(`UPDATE posting SET expires_at = now() - interval '1 minute' WHERE id = $1`, [postingId])
    },
  }
}

export function members(companyId: string) {
  return membersOf(companyId, ['owner', 'admin', 'recruiter', 'interviewer'])
}

/** The code of the fault that a call ends with, or `done`. */
export async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'done'
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
}
