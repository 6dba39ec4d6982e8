import { describe, expect, test } from 'vitest'
import { readOptions } from './options.ts'

const read = (line: string) => readOptions(line.split(' '))

test('a topology is enough', () => {
  expect(read('--topology all')).toEqual({ topology: 'all', mode: 'plain', seeds: [], keep: false })
})

test('one seed is that seed, several count from 1', () => {
  expect(read('--topology all --mode faults').seeds).toEqual([1])
  expect(read('--topology all --mode faults --seed 7').seeds).toEqual([7])
  expect(read('--topology all --mode faults --seeds 3').seeds).toEqual([1, 2, 3])
})

describe('in one line it refuses', () => {
  test.each([
    ['--mode plain', /^--topology is missing$/],
    ['--topology none', /^--topology is one of all, .+, not none$/],
    ['--topology all --mode chaos', /^--mode is one of plain, duplicate, faults, not chaos$/],
    ['--topology all --seed 1', /^seeds belong to --mode faults$/],
    ['--topology all --mode faults --seed one', /^--seed takes a number from 1, not one$/],
    ['--topology all --mode faults --seed 1 --seeds 2', /^either --seed or --seeds$/],
    ['--topology all --loud', /--loud/],
  ])('%s', (line, reason) => {
    expect(() => read(line)).toThrow(reason)
  })
})
