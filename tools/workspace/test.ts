/**
 * `npm test`: lint, type check and build, then every test. What did not change comes from Nx's cache, its test results
 * included. The last line counts tests; a failed check counts as one failure.
 */
import { spawn } from 'node:child_process'
import { globSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { programsForTests } from '../dev/programs.ts'
import { countTests, failedTasks, sum } from './test/results.ts'

const workspace = join(import.meta.dirname, '../..')
const readJson = (path: string) => JSON.parse(readFileSync(join(workspace, path), 'utf8'))
const reports = () => globSync('{apps/*,libs/*/*,tools}/.vitest/results.json', { cwd: workspace })

/** Runs targets on every project, passing on what Nx prints; resolves to what failed. */
async function run(targets: string[], ...options: string[]): Promise<string[]> {
  console.log(`\n── ${targets.join(', ')} ──`)
  const flags = ['--nxBail=false', '--outputStyle=static', ...options]
  const child = spawn('nx', ['run-many', ...flags, '-t', ...targets], {
    cwd: workspace,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, FORCE_COLOR: '0' },
  })
  const closed = new Promise<number | null>((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  )
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    console.log(line)
  }
  const code = await closed
  const failed = failedTasks(lines)
  return code !== 0 && failed.length === 0 ? [`nx:exit-${code}`] : failed
}

await programsForTests()
// A report left by an earlier run must not stand in for one that this run fails to write.
for (const report of reports()) rmSync(join(workspace, report))
const checks = await run(['lint', 'typecheck', 'build'])
// What tests stand on, the generated clients and the builds, is there by now. The longest run
// beside all others: Nx would begin them last, and end with them alone.
const longest = '@cenopie/tools,@cenopie/e2e'
const tests = await Promise.all([
  run(['test'], '--excludeTaskDependencies', '--parallel=1', `--projects=${longest}`),
  run(['test'], '--excludeTaskDependencies', '--parallel=1', `--exclude=${longest}`),
])
const failed = [...checks, ...tests.flat()]

const projectOf = (report: string): string => readJson(join(dirname(dirname(report)), 'package.json')).name
const counts = new Map(reports().map((report) => [projectOf(report), countTests(readJson(report))]))
const total = sum(counts, failed)
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1
