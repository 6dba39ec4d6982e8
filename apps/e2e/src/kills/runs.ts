import type { Database } from '@cenopie/platform-database'
import { steps, taskOf, type Step } from './steps.ts'

/** One run of one step, by a process that may have died since. */
export interface Run {
  step: Step
  /** Another for every run. */
  owner: string
  /** Tries of this step that failed before. */
  failures: number
}

const leased = (module: string) =>
  `SELECT name, lease_owner::text AS owner, failures FROM ${module}.outbox_entry
   WHERE kind = 'task' AND lease_until > now()`
const runs = {
  name: 'runs_under_way',
  text: `SELECT step, owner, failures FROM (${leased('media')} UNION ALL ${leased('interviews')}) AS run
    JOIN unnest($1::text[], $2::text[]) AS s (step, task) ON s.task = run.name`,
}

/** Runs whose lease holds, of the whole pipeline. Of a process that died they hold for some seconds more. */
export function leasedRuns(database: Database): Promise<Run[]> {
  return database.query<Run>(runs, [steps, steps.map((step) => taskOf[step])])
}
