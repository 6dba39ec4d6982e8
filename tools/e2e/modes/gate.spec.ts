import { expect, test } from 'vitest'
import { Gate } from './gate.ts'

test('what passes and what closes it take turns', async () => {
  const gate = new Gate()
  const done: string[] = []
  const [passed, closed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const first = gate.pass(() => passed.promise.then(() => done.push('first')))
  const kill = gate.close(() => closed.promise.then(() => done.push('kill')))
  const second = gate.pass(async () => done.push('second'))
  passed.resolve()
  await first
  closed.resolve()
  await Promise.all([kill, second])
  expect(done).toEqual(['first', 'kill', 'second'])
})

test('what fails lets the next through', async () => {
  const gate = new Gate()
  const fail = () => Promise.reject(new Error('no'))
  await expect(gate.pass(fail)).rejects.toThrow('no')
  await expect(gate.close(fail)).rejects.toThrow('no')
  expect(await gate.pass(async () => 'through')).toBe('through')
})
