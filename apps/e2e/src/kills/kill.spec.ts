import { expect, test } from 'vitest'
import { hits, leastHit, type Kill } from './kill.ts'

test('a kill of the worker hits every step that it was doing, a tool its own alone', () => {
  const kills: Kill[] = [
    { what: 'worker', aimedAt: 'poster', interrupted: ['poster', 'inspect', 'inspect'] },
    { what: 'tool', step: 'poster', program: 'ffmpeg' },
    { what: 'worker', aimedAt: 'analyse', interrupted: [] },
  ]
  expect(hits(kills)).toEqual({ poster: { worker: 1, ffmpeg: 1 }, inspect: { worker: 2 } })
})

test('the next kill is aimed at a step that was hit the least', () => {
  const times = { store: 2, inspect: 1, poster: 1 }
  const aim = (drawn: number) =>
    leastHit(
      ['store', 'inspect', 'poster'],
      (step) => times[step],
      () => drawn,
    )
  expect([aim(0), aim(1)]).toEqual(['inspect', 'poster'])
})
