import type { Exchange } from '@cenopie/e2e'
import { authContract } from '@cenopie/auth-contract'
import { describe, expect, test } from 'vitest'
import { twice } from './duplicate.ts'
import { Gate } from './gate.ts'
import { persistent } from './persistence.ts'

const { me, createCompany, signIn } = authContract.operations

/** Answers one after the other with what is given, and remembers with which key it was asked. */
function platform(...answers: (Partial<Exchange> | Error)[]) {
  const keys: (string | undefined)[] = []
  const send = (headers: Record<string, string> = {}) => {
    keys.push(headers['Idempotency-Key'])
    const next = answers.shift() ?? new Error('asked once more than expected')
    if (next instanceof Error) return Promise.reject(next)
    return Promise.resolve({ status: 200, headers: new Headers(), ...next } as Exchange)
  }
  return { keys, send }
}
const call = (operation: Exchange['operation']) => ({ operation, name: 'auth.some' })

describe('twice', () => {
  test('what is repeatable comes twice as it is, and the first answer counts', async () => {
    const { keys, send } = platform({ body: 1 }, { body: 2 })
    expect(await twice(call(me), send)).toMatchObject({ body: 1 })
    expect(keys).toEqual([undefined, undefined])
  })

  test('another write comes twice with one key', async () => {
    const { keys, send } = platform({ body: 1 }, { body: 1 })
    await twice(call(createCompany), send)
    expect(keys).toEqual([expect.any(String), keys[0]])
  })

  test('what takes no key comes once', async () => {
    const { keys, send } = platform({ body: 1 })
    await twice(call(signIn), send)
    expect(keys).toEqual([undefined])
  })

  test('a second answer that differs is told', async () => {
    const { send } = platform({ body: 1 }, { body: 2 })
    await expect(twice(call(createCompany), send)).rejects.toThrow('answered 200 1, and the same request')
  })
})

describe('persistent', () => {
  const deliver = persistent(new Gate(), () => undefined)

  test('a write is sent with one key until it is answered', async () => {
    const inFlight = { status: 409, body: { code: 'idempotency-in-flight' } }
    const { keys, send } = platform(new Error('reset'), { status: 503 }, inFlight, { status: 201 })
    expect(await deliver(call(createCompany), send)).toMatchObject({ status: 201 })
    expect(new Set(keys).size).toBe(1)
    expect(keys).toHaveLength(4)
  })

  test('a refusal is an answer', async () => {
    const { keys, send } = platform({ status: 409, body: { code: 'conflict' } })
    expect(await deliver(call(createCompany), send)).toMatchObject({ status: 409 })
    expect(keys).toHaveLength(1)
  })
})
