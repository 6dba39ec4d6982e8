/** Tests that passed and failed. */
export interface Count {
  passed: number
  failed: number
}

/** The part of Vitest's JSON report that is counted. */
export interface VitestReport {
  success: boolean
  numPassedTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

const total = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0)

/** Counts one project's report. A file, or a whole run, that failed outside its tests counts as one failure. */
export function countTests({ success, numPassedTests, testResults }: VitestReport): Count {
  const failures = testResults.map(({ status, assertionResults }) => {
    const failed = assertionResults.filter((assertion) => assertion.status === 'failed').length
    return failed === 0 && status === 'failed' ? 1 : failed
  })
  const failed = total(failures)
  return { passed: numPassedTests, failed: failed === 0 && !success ? 1 : failed }
}

/** Names of the tasks, `project:target`, that Nx lists at the end of its output. */
export function failedTasks(lines: readonly string[]): string[] {
  const start = lines.findLastIndex((line) => line.trim() === 'Failed tasks:')
  if (start < 0) return []
  return lines.slice(start + 1).flatMap((line) => /^- (\S+:[\w-]+)$/.exec(line.trim())?.[1] ?? [])
}

/** Adds up reports by project and failed tasks. A failed `test` task whose report counts failures is not counted twice. */
export function sum(reports: ReadonlyMap<string, Count>, failed: readonly string[]): Count {
  const counts = [...reports.values()]
  const uncounted = failed.filter((task) => {
    const [, project, target] = /^(.*):([^:]+)$/.exec(task) ?? []
    return target !== 'test' || !reports.get(project ?? '')?.failed
  })
  return {
    passed: total(counts.map(({ passed }) => passed)),
    failed: total(counts.map(({ failed }) => failed)) + uncounted.length,
  }
}
