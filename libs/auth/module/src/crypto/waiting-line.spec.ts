import { expect, test } from 'vitest'
import { waitingLine } from './waiting-line.ts'

test('works on so many at once, lets so many wait, and refuses the rest', async () => {
  const inLine = waitingLine(2, 3)
  const gate = Promise.withResolvers<void>()
  let atOnce = 0
  let most = 0
  const work = async () => {
    atOnce += 1
    most = Math.max(most, atOnce)
    await gate.promise
    atOnce -= 1
  }
  const admitted = Array.from({ length: 5 }, () => inLine(work))
  await expect(inLine(work)).rejects.toMatchObject({ code: 'unavailable', retryAfter: 2 })
  gate.resolve()
  await Promise.all(admitted)
  expect(most).toBe(2)
  await expect(inLine(() => Promise.resolve('free again'))).resolves.toBe('free again')
})

test('work that fails frees its place', async () => {
  const inLine = waitingLine(1, 0)
  await expect(inLine(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  await expect(inLine(() => Promise.resolve('next'))).resolves.toBe('next')
})
