import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const count = z.int().min(0)

/** What a run of the journeys leaves behind: who asked whom, and how often. */
const recordedRun = z.object({
  topology: z.string(),
  /** Answered requests of clients, by `<domain>.<operation>`. */
  requests: z.record(z.string(), count),
  /** Calls between modules. */
  calls: z.array(z.object({ caller: z.string(), callee: z.string(), operation: z.string(), count })),
})

export type RecordedRun = z.output<typeof recordedRun>

const workspace = join(import.meta.dirname, '../..')

/** Reads the run of a topology by its name, or any run by its file. Throws one line on a file that is none. */
export function readRecordedRun(fileOrTopology: string): RecordedRun {
  const ofTopology = join(workspace, '.data/e2e', fileOrTopology, 'calls.json')
  const file = existsSync(fileOrTopology) ? fileOrTopology : ofTopology
  if (!existsSync(file)) {
    throw new Error(
      `No run of "${fileOrTopology}" is recorded: npm run e2e -- --topology ${fileOrTopology} records one.`,
    )
  }
  const parsed = recordedRun.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Error(`${file}: ${issue?.path.join('.') || 'the file'}: ${issue?.message}`)
}
