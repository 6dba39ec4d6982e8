import { describe, expect, it } from 'vitest'
import { countTests, failedTasks, sum } from './results.ts'

const file = (...statuses: string[]) => ({
  status: statuses.includes('failed') || statuses.length === 0 ? 'failed' : 'passed',
  assertionResults: statuses.map((status) => ({ status })),
})

describe('the last line of npm test', () => {
  it('counts tests', () => {
    const testResults = [file('passed', 'failed'), file('failed', 'failed'), file('passed')]
    expect(countTests({ success: false, numPassedTests: 2, testResults })).toEqual({ passed: 2, failed: 3 })
  })

  it('counts a file that fails before its first test', () => {
    const testResults = [file(), file('passed')]
    expect(countTests({ success: false, numPassedTests: 1, testResults })).toEqual({ passed: 1, failed: 1 })
  })

  it('counts a run that fails although its tests pass', () => {
    expect(countTests({ success: false, numPassedTests: 1, testResults: [file('passed')] }).failed).toBe(1)
  })

  it('counts failed checks, and test tasks that left no failure to count', () => {
    const reports = new Map([
      ['@x/a', { passed: 3, failed: 2 }],
      ['@x/b', { passed: 4, failed: 0 }],
    ])
    expect(sum(reports, ['@x/a:lint', '@x/a:test', '@x/b:test', '@x/c:test'])).toEqual({
      passed: 7,
      failed: 5,
    })
  })

  it('finds failed tasks in what Nx prints', () => {
    const printed = [
      '- @x/a:lint',
      '',
      'Failed tasks:',
      '',
      '- @x/a:lint',
      '- @x/b:test',
      '',
      'Hint: run with --verbose',
    ]
    expect(failedTasks(printed)).toEqual(['@x/a:lint', '@x/b:test'])
    expect(failedTasks(['Successfully ran targets lint, typecheck'])).toEqual([])
  })
})
