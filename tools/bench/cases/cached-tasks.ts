import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { BenchCase } from '../harness/case.ts'

const workspace = join(import.meta.dirname, '../../..')

export default {
  about: 'lint and type check of every project with nothing changed, against the same without a cache (once)',
  unit: 's',
  better: 'less',
  // At most 0.05 of the cold run.
  target: 20,
  warmUps: 0,
  async prepare() {
    const cold = await secondsOf({ NX_SKIP_NX_CACHE: 'true' })
    await secondsOf({})
    return {
      ours: () => secondsOf({}),
      baseline: async () => cold,
      close: async () => undefined,
    }
  },
} satisfies BenchCase

function secondsOf(env: Record<string, string>): Promise<number> {
  const started = performance.now()
  const args = ['run-many', '-t', 'lint', 'typecheck', '--outputStyle=static']
  const child = spawn('nx', args, { cwd: workspace, env: { ...process.env, ...env }, stdio: 'ignore' })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve((performance.now() - started) / 1000)
      else reject(new Error(`nx ${args.join(' ')} ended with ${code}: run it to see why.`))
    })
  })
}
