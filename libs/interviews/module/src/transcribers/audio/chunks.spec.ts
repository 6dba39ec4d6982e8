import { expect, test } from 'vitest'
import { planChunks } from './chunks.ts'

const quiet = (seconds: number) => new Float32Array(seconds * 50).fill(-20)

test('joins what fits, leaves long silence out and keeps a margin', () => {
  const voiced = [
    { start: 5, end: 9 },
    { start: 10, end: 14 },
    { start: 100, end: 120 },
  ]
  expect(planChunks(voiced, quiet(130), 130, 30)).toEqual([
    { start: 4.7, end: 14.3 },
    { start: 99.7, end: 120.3 },
  ])
})

test('neighbours share a short silence', () => {
  const voiced = [
    { start: 0.1, end: 9 },
    { start: 9.2, end: 18 },
  ]
  expect(planChunks(voiced, quiet(18), 18, 10)).toEqual([
    { start: 0, end: 9.1 },
    { start: 9.1, end: 18 },
  ])
})

test('a stretch without pause is cut where it is quietest', () => {
  const levels = quiet(25)
  levels[8 * 50] = -40
  levels[17 * 50] = -40
  const [first, second, third] = planChunks([{ start: 0, end: 25 }], levels, 25, 10)
  expect([first?.end, second?.end, third?.end]).toEqual([8, 17, 25])
})

test('silence needs no chunk', () => {
  expect(planChunks([], quiet(60), 60, 30)).toEqual([])
})

test('whatever is said is in exactly one chunk, and none is too long', () => {
  // A multiplicative sequence stands for chance, so that a failure repeats.
  let state = 1
  const chance = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  for (let round = 0; round < 200; round++) {
    const voiced: { start: number; end: number }[] = []
    let at = chance() * 3
    while (voiced.length < 20) {
      const end = at + 0.1 + chance() * (chance() < 0.1 ? 60 : 5)
      voiced.push({ start: at, end })
      at = end + 0.1 + chance() * 4
    }
    const levels = new Float32Array(Math.ceil(at * 50)).map(() => -60 * chance())
    const chunks = planChunks(voiced, levels, at, 10)
    for (const [index, { start, end }] of chunks.entries()) {
      expect(end - start).toBeLessThanOrEqual(10 + 1e-9)
      expect(start).toBeGreaterThanOrEqual(chunks[index - 1]?.end ?? 0)
    }
    for (const { start, end } of voiced) {
      const held = chunks.reduce(
        (sum, chunk) => sum + Math.max(0, Math.min(end, chunk.end) - Math.max(start, chunk.start)),
        0,
      )
      expect(held).toBeCloseTo(end - start, 6)
    }
  }
})
