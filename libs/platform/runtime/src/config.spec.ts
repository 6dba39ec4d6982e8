import { expect, test } from 'vitest'
import { z } from 'zod'
import { platformConfig, readConfig, refuseUnknown } from './config.ts'

const schema = z.object({
  maxAnswers: z.int().min(1).default(3),
  open: z.boolean().default(false),
  signingKey: z.string().min(8).default('development').meta({ secret: true, unsafeDefault: true }),
})
const read = (env: Record<string, string>, production = false) => readConfig(schema, 'notes', env, production)

test('reads each value by its type, and takes what is empty for absent', () => {
  const env = { CENOPIE_NOTES_MAX_ANSWERS: '7', CENOPIE_NOTES_OPEN: 'true', CENOPIE_NOTES_SIGNING_KEY: '' }
  expect(read(env)).toEqual({ maxAnswers: 7, open: true, signingKey: 'development' })
})

test('says every mistake on a line of its own, by the name of its variable and without its value', () => {
  const env = {
    CENOPIE_NOTES_MAX_ANSWERS: 'many',
    CENOPIE_NOTES_OPEN: 'perhaps',
    CENOPIE_NOTES_SIGNING_KEY: 'sh0rt',
  }
  expect(() => read(env)).toThrow(
    /^CENOPIE_NOTES_MAX_ANSWERS: .+\nCENOPIE_NOTES_OPEN: .+\nCENOPIE_NOTES_SIGNING_KEY: .+$/,
  )
  expect(() => read(env)).not.toThrow(/sh0rt/)
})

test.each([
  ['left out', {}],
  ['empty', { CENOPIE_NOTES_SIGNING_KEY: '' }],
  ['written down as it stands in the source', { CENOPIE_NOTES_SIGNING_KEY: 'development' }],
])('production refuses a secret that is %s', (_name, env) => {
  expect(() => read(env, true)).toThrow('CENOPIE_NOTES_SIGNING_KEY must be set in production')
})

test('a variable with our prefix that nobody reads is refused by name', () => {
  const scopes = { notes: schema }
  expect(() => refuseUnknown({ CENOPIE_NOTES_OPEN: 'true', PATH: '/' }, scopes, [])).not.toThrow()
  expect(() => refuseUnknown({ CENOPIE_NOTES_OPNE: 'true' }, scopes, [])).toThrow(/CENOPIE_NOTES_OPNE/)
})

test('a rehearsal is told apart from a misspelt one, and is not for production', () => {
  const rehearsal = (text: string, production = false) =>
    readConfig(platformConfig.pick({ rehearsal: true }), '', { CENOPIE_REHEARSAL: text }, production)
  for (const text of ['duplicate', 'faults:7', 'faults:a-seed:0.25', 'faults:7:1'])
    expect(rehearsal(text)).toEqual({ rehearsal: text })
  for (const text of ['twice', 'faults', 'faults:', 'faults:7:2', 'faults:7:']) {
    expect(() => rehearsal(text)).toThrow(/^CENOPIE_REHEARSAL: /)
  }
  expect(() => rehearsal('duplicate', true)).toThrow('CENOPIE_REHEARSAL is not for production')
})
