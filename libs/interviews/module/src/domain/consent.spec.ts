import { expect, test } from 'vitest'
import { mayAnalyse, nextConsent } from './consent.ts'

test.each([
  ['none', 'given', 'given'],
  ['none', 'declined', 'declined'],
  ['none', 'withdrawn', 'withdrawn'],
  ['given', 'given', 'given'],
  ['given', 'withdrawn', 'withdrawn'],
  ['given', 'declined', 'withdrawn'],
  ['declined', 'declined', 'declined'],
  ['declined', 'given', undefined],
  ['declined', 'withdrawn', undefined],
  ['withdrawn', 'withdrawn', 'withdrawn'],
  ['withdrawn', 'given', undefined],
  ['withdrawn', 'declined', undefined],
] as const)('%s, then %s: %s', (state, decision, next) => {
  expect(nextConsent(state, decision)).toBe(next)
})

test('only consent that stands lets software evaluate', () => {
  expect(['none', 'given', 'declined', 'withdrawn', 'anything'].filter(mayAnalyse)).toEqual(['given'])
})
