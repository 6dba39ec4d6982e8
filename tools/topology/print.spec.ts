import { expect, test } from 'vitest'
import { printed } from './print.ts'
import { redacted } from './redact.ts'

const key = { variable: 'CENOPIE_ANALYST_KEY', description: '', default: undefined, secret: true }
const env = {
  CENOPIE_INTERNAL_SECRET: 'hush-1',
  CENOPIE_ANALYST_KEY: 'hush-2',
  CENOPIE_NOTIFICATIONS_SMTP_URL: 'smtp://me:hush-3@mail',
  DATABASE_URL: 'postgres://root:hush-4@db/cenopie',
  CENOPIE_PORT: '3000',
}

test('a plan is printed without secrets and without passwords in addresses', () => {
  const plan = {
    topology: 'tried',
    processes: [{ name: 'api', app: 'api', modules: ['jobs'], url: '', databaseUrl: '', env }],
    routes: [{ domain: 'jobs', process: 'api' }],
    rest: 'api',
    hidden: [],
  }
  const text = printed(plan, (env) => redacted(env, [{ settings: [key] }]))
  expect(text).not.toContain('hush')
  expect(text).toContain('DATABASE_URL=postgres://root:[redacted]@db/cenopie\n')
  expect(text).toContain('CENOPIE_PORT=3000\n')
})
