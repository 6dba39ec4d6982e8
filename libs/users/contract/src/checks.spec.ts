import { expect, test } from 'vitest'
import { endNotBeforeStart, handleNotReserved, languagesDistinct, skillsDistinct } from './checks.ts'

test('end-not-before-start names the item whose period ends before it starts', () => {
  const refuse = (...items: { start?: string; end?: string }[]) => endNotBeforeStart.refuse({ items })?.field
  expect(
    refuse({ start: '2020-02', end: '2020-02' }, { start: '2020-02' }, { end: '1999-01' }),
  ).toBeUndefined()
  expect(refuse({ start: '2020-02' }, { start: '2020-02', end: '2020-01' })).toBe('items.1.end')
  expect(refuse({ start: '2020-02', end: '2019-12' })).toBe('items.0.end')
})

test('skills-distinct sees through case and outer spaces', () => {
  expect(skillsDistinct.refuse({ items: ['SQL', 'Go'] })).toBeUndefined()
  expect(skillsDistinct.refuse({ items: ['SQL', 'Go', ' sql '] })?.field).toBe('items.2')
})

test('languages-distinct allows a language once, whatever the level', () => {
  const english = (proficiency: 'native' | 'limited') => ({ language: 'en', proficiency })
  expect(languagesDistinct.refuse({ items: [english('native')] })).toBeUndefined()
  expect(languagesDistinct.refuse({ items: [english('native'), english('limited')] })?.field).toBe(
    'items.1.language',
  )
})

test('handle-not-reserved keeps the words of the platform', () => {
  expect(handleNotReserved.refuse({ handle: 'me' })?.field).toBe('handle')
  expect(handleNotReserved.refuse({ handle: 'ada' })).toBeUndefined()
})
