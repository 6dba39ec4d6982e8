import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { isPlainAddress } from '../mail/message.ts'
import { refusalOf } from '../mail/refusal.ts'
import { oneLine } from './one-line.ts'
import { readSubscription, signSubscription } from './unsubscribe-token.ts'

const key = 'a key that is long enough for tests'

describe('an unsubscribe token', () => {
  const subscription = { userId: randomUUID(), type: 'new-sign-in' } as const
  const token = signSubscription(subscription, key)

  test('says whose mail of which type it stops', () => {
    expect(readSubscription(token, key)).toEqual(subscription)
  })

  test.each([
    ['of another key', signSubscription(subscription, `${key}!`)],
    ['with another body', `${Buffer.from('x').toString('base64url')}.${token.split('.')[1]}`],
    ['without signature', token.split('.')[0] ?? ''],
    ['cut short', token.slice(0, -1)],
    ['empty', ''],
  ])('%s is none', (_name, forged) => {
    expect(readSubscription(forged, key)).toBeUndefined()
  })
})

test('one line stays one line, without invisible marks, and as long as allowed', () => {
  expect(oneLine(' a\r\nBcc:\tb\u2028c \u202Egpj\u202C ')).toBe('a Bcc: b c gpj')
  expect(oneLine('😀'.repeat(5), 4)).toBe('😀😀😀…')
})

test('only one plain address is one', () => {
  expect(['ada@example.com', 'ada+x@sub.example.co', 'ünï@exämple.com'].every(isPlainAddress)).toBe(true)
  const others = ['ada', 'a@b@c', 'a@b,c@d', 'a@b\r\nc', '<a@b>', 'Ada <a@b>', 'a b@c', 'a@b;c@d', '"a"@b']
  expect(others.filter(isPlainAddress)).toEqual([])
})

describe('a refusal', () => {
  test.each([
    ['an unknown mailbox', { code: 'EENVELOPE', responseCode: 550 }, true],
    ['a refused message', { code: 'EMESSAGE', responseCode: 554 }, true],
    ['greylisting', { code: 'EENVELOPE', responseCode: 451 }, false],
    ['a wrong password of ours', { code: 'EAUTH', responseCode: 535 }, false],
    ['a server that wants a login first', { code: 'EENVELOPE', responseCode: 530 }, false],
    ['a closed port', { code: 'ECONNREFUSED' }, false],
    ['our own bug', new TypeError('x is not a function'), false],
  ])('of %s', (_name, error, permanent) => {
    expect(refusalOf(error).permanent).toBe(permanent)
  })
})
