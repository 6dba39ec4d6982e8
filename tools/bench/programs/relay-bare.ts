/** The same jobs through BullMQ alone: `addBulk`, and a worker that does nothing. */
import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { answerRuns } from './answer-runs.ts'
import { jobOf } from './relay-entry.ts'

/** As the relay has them: jobs added at once, and jobs worked on at once. */
const batch = 500
const concurrency = 100

const producer = new Redis(process.env['REDIS_URL'] ?? '')
const consumer = new Redis(process.env['REDIS_URL'] ?? '', { maxRetriesPerRequest: null })

answerRuns(async (entries) => {
  const queue = new Queue('bare', { connection: producer, prefix: 'bench' })
  let seen = 0
  const { promise: all, resolve } = Promise.withResolvers<void>()
  const nothing = async () => {
    seen += 1
    if (seen === entries) resolve()
  }
  const worker = new Worker('bare', nothing, {
    connection: consumer,
    prefix: 'bench',
    concurrency,
    autorun: false,
    removeOnComplete: { count: 0 },
  })
  const started = performance.now()
  void worker.run()
  for (let added = 0; added < entries; added += batch) {
    const size = Math.min(batch, entries - added)
    await queue.addBulk(Array.from({ length: size }, () => jobOf('source.happened', 'sink.nothing')))
  }
  await all
  const elapsed = performance.now() - started
  await worker.close()
  await queue.close()
  return elapsed
})
