import { stages } from '@cenopie/jobs-contract'
import type { Stage } from '@cenopie/jobs-contract'
import { expect, test } from 'vitest'
import { mayMove, stagesBefore, transitions } from './transitions.ts'

const allowed: Record<Stage, string> = {
  applied: 'screening interview rejected withdrawn',
  screening: 'interview offer rejected withdrawn',
  interview: 'offer rejected withdrawn',
  offer: 'hired rejected withdrawn',
  hired: '',
  rejected: '',
  withdrawn: '',
}

test.each(stages.flatMap((from) => stages.map((to) => [from, to] as const)))('%s → %s', (from, to) => {
  expect(mayMove(from, to)).toBe(allowed[from].split(' ').includes(to))
})

test('no application moves twice through a stage, so its history is short', () => {
  const longest = (from: Stage): number => 1 + Math.max(0, ...transitions[from].map(longest))
  expect(longest('applied')).toBe(5)
})

test('what is open can be withdrawn, and nothing else', () => {
  expect(stagesBefore('withdrawn')).toEqual(['applied', 'screening', 'interview', 'offer'])
})
