import type { Schedule } from '@cenopie/platform-outbox'
import { reopenOutdated } from '../data/steps.ts'
import { imagePlans } from '../images/index.ts'
import type { Works } from './step-context.ts'
import { enqueueStep } from './step-tasks.ts'

const batch = 100

/** Makes pictures anew that an older version of their plan made, a batch at a time, beside what people wait for. */
export function renewImages({ database, outbox }: Works, everySeconds: number): Schedule {
  const plans = Object.values(imagePlans)
  return {
    name: 'renew-images',
    everySeconds,
    run: (call) =>
      database.transaction(async (tx) => {
        const purposes = plans.map(({ purpose }) => purpose)
        const versions = plans.map(({ version }) => version)
        for (const file of await reopenOutdated(tx, purposes, versions, batch))
          await enqueueStep(outbox, tx, call, file, 'images')
      }),
  }
}
