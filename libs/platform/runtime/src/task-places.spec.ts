import { defineContract, task } from '@cenopie/platform-contract'
import { handle } from '@cenopie/platform-outbox'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { platformConfig, readConfig } from './config.ts'
import { checkTaskPlaces, taskPlaces } from './task-places.ts'

const read = (text: string) =>
  readConfig(platformConfig.pick({ taskConcurrency: true }), '', { CENOPIE_TASK_CONCURRENCY: text }, true)
const contract = defineContract({ name: 'media', operations: {}, events: {} })
const transcode = handle(task('media.transcode-video', z.object({})), async () => {})
const parts = [{ module: { contract }, started: { tasks: [transcode] } }]

test('says for each task how many may run at once', () => {
  const { taskConcurrency } = read('media.transcode-video=1,media.schedules=0')
  checkTaskPlaces(taskConcurrency, parts)
  expect(Object.fromEntries(taskPlaces(taskConcurrency))).toEqual({
    'media.transcode-video': 1,
    'media.schedules': 0,
  })
  expect(taskPlaces(undefined).size).toBe(0)
})

test.each([
  'media.transcode-video',
  'media.transcode-video=-1',
  'transcode=1',
  'a.b=1,',
  'a.b=1000',
  'a.b=1;c.d=2',
])('"%s" is refused', (text) => {
  expect(() => read(text)).toThrow(/^CENOPIE_TASK_CONCURRENCY: /)
})

test('a task that the process does not have is refused by name', () => {
  expect(() => checkTaskPlaces('media.transcode-vido=1', parts)).toThrow(
    'CENOPIE_TASK_CONCURRENCY: media.transcode-vido is none of media.schedules, media.transcode-video',
  )
})
