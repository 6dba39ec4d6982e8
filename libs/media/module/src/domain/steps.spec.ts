import { expect, test } from 'vitest'
import { firstSteps, followers, inOrder, stepsOf, type Kind } from './steps.ts'

test.each<[Kind, boolean, string[]]>([
  ['image', false, ['store', 'inspect', 'images']],
  ['document', false, ['store', 'inspect']],
  ['video', true, ['store', 'inspect', 'transcode', 'poster', 'stream', 'speech']],
  ['video', false, ['store', 'inspect', 'transcode', 'poster', 'stream']],
  ['audio', true, ['store', 'inspect', 'transcode', 'speech']],
])('%s with sound: %s comes to every step of its plan exactly once', (kind, hasAudio, expected) => {
  const planned = [...firstSteps, ...stepsOf(kind, hasAudio)]
  const run: string[] = []
  const queue = [planned[0]]
  for (let name = queue.shift(); name; name = queue.shift()) {
    run.push(name)
    queue.push(...followers(name, planned))
  }
  expect(run).toEqual(expected)
})

test('steps are told in their order', () => {
  expect(
    inOrder([{ name: 'speech' }, { name: 'store' }, { name: 'inspect' }]).map(({ name }) => name),
  ).toEqual(['store', 'inspect', 'speech'])
})
