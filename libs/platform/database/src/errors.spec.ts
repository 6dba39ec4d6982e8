import { Fault, faults } from '@cenopie/platform-contract'
import { expect, test } from 'vitest'
import { databaseFault, isUniqueViolation } from './errors.ts'

const coded = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more })

test.each(['ECONNREFUSED', 'ECONNRESET', '57P01', '57P03', '08006', '53300', '40P01', 'P1001', 'P2034'])(
  '%s is unavailable',
  (code) => {
    const error = coded(code)
    expect(databaseFault(error)).toMatchObject({ code: 'unavailable', cause: error })
  },
)

test.each([
  'timeout exceeded when trying to connect',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Client has encountered a connection error and is not queryable',
])('"%s" is unavailable', (message) => {
  expect(databaseFault(new Error(message))).toMatchObject({ code: 'unavailable' })
})

test('what the driver adapter wraps is recognised', () => {
  const error = Object.assign(new Error('adapter'), { cause: { kind: 'DatabaseNotReachable' } })
  expect(databaseFault(error)).toMatchObject({ code: 'unavailable' })
})

test('a statement over its limit is deadline-exceeded', () => {
  expect(databaseFault(coded('57014'))).toMatchObject({ code: 'deadline-exceeded' })
})

test.each(['23505', '23503', '42P01', '28P01'])('%s stays what it is', (code) => {
  const error = coded(code)
  expect(databaseFault(error)).toBe(error)
})

test('a fault stays what it is', () => {
  const fault = new Fault(faults.notFound)
  expect(databaseFault(fault)).toBe(fault)
})

test('a unique violation is recognised with and without its constraint', () => {
  const error = coded('23505', { constraint: 'thing_name_key' })
  expect(isUniqueViolation(error)).toBe(true)
  expect(isUniqueViolation(error, 'thing_name_key')).toBe(true)
  expect(isUniqueViolation(error, 'thing_pkey')).toBe(false)
  expect(isUniqueViolation(coded('23503'))).toBe(false)
  expect(isUniqueViolation(undefined)).toBe(false)
})
