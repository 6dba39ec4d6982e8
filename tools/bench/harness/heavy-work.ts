import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { newcomer, recordedSpeech } from '@cenopie/e2e'
import { openOperator } from '../../queues/operator.ts'
import { writePictures } from '../programs/images/pictures.ts'
import type { Api } from './api.ts'
import type { Servers } from './servers.ts'
import { upload } from './uploads.ts'

const tasks = [
  'media.make-images',
  'media.transcode-video',
  'media.make-stream',
  'media.make-speech',
] as const
/** Long enough that one is being transcoded nearly all the time. */
const words = 'I once had to tell a customer that we had lost a week of their data. '.repeat(6)

/** A line in each heavy queue of media, which an operator can let run and halt. */
export async function heavyWork(api: Api, { redisUrl }: Servers, size: { pictures: number; films: number }) {
  const { databaseUrl } = api
  const operator = await openOperator({ env: {}, topology: 'monolith', databaseUrl, redisUrl })
  const person = await newcomer(api.stage, 'Petra Photographer')
  for (const task of tasks) await operator.pause(task)
  const [film, picture] = [await recordedSpeech(words), await photograph()]
  for (let at = 0; at < size.films; at += 1) await upload(api, person, 'recording', [film])
  for (let at = 0; at < size.pictures; at += 1) await upload(api, person, 'post-image', [picture])

  const states = async () => (await operator.states()).filter(({ queue }) => queue.startsWith('media.'))
  const until = async (holds: (found: Awaited<ReturnType<typeof states>>) => boolean) => {
    while (!holds(await states())) await wait(200)
  }
  /** Nobody is looking at a file, or at work on one. */
  const halted = () =>
    until((found) =>
      found.every(({ active, waiting, pausedAt }) => active === 0 && (pausedAt || waiting === 0)),
    )
  await halted()
  return {
    /** Until pictures and films are being worked on. */
    async run() {
      for (const task of tasks) await operator.resume(task)
      await until((found) =>
        tasks.slice(0, 2).every((task) => found.some(({ queue, active }) => queue === task && active > 0)),
      )
    },
    /** @throws if a line has come to its end: whatever was measured had nothing beside it */
    async halt() {
      const found = await states()
      const over = tasks
        .slice(0, 2)
        .filter((task) => found.some(({ queue, waiting }) => queue === task && waiting === 0))
      if (over.length > 0) throw new Error(`nothing was left to do for ${over.join(' and ')}`)
      for (const task of tasks) await operator.pause(task)
      await halted()
    },
    close: () => operator.close(),
  }
}

/** Of twelve megapixels. */
async function photograph(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'cenopie-bench-'))
  try {
    const [picture] = await writePictures(folder)
    return await readFile(picture!.path)
  } finally {
    await rm(folder, { recursive: true })
  }
}
