import { readFile } from 'node:fs/promises'
import { serviceCall } from '@cenopie/platform-testing'
import { withRendition } from '../tasks/rendition.ts'
import { withSpeech } from '../transcribers/audio/speech.ts'

/** A worker of its own for a spec to kill: hears the recording of its first argument until the moment of its second. */
const [recording = '', moment = ''] = process.argv.slice(2)
const sound = await readFile(recording)
const { signal } = new AbortController()

/** Says how many bytes it has by then, and does nothing more. */
function hold(bytes: number): Promise<never> {
  process.stdout.write(`${bytes}\n`)
  setInterval(() => undefined, 1000)
  return new Promise<never>(() => undefined)
}

async function* arriving() {
  yield sound.subarray(0, sound.length / 2)
  if (moment === 'arriving') await hold(sound.length / 2)
  yield sound.subarray(sound.length / 2)
}

const content = {
  ...{ mediaType: 'audio/wav', bytes: sound.length, etag: 'sound', cacheControl: 'private' },
  open: arriving,
}
const media = { readRendition: () => Promise.resolve(content) }
await withRendition(
  media,
  { fileId: 'file', name: 'speech.wav' },
  { call: serviceCall('interviews'), signal },
  async (path) => {
    const { length } = await readFile(path)
    if (moment === 'there') await hold(length)
    await withSpeech(path, { maxSeconds: 60, signal }, async (speech) =>
      hold((await speech.pcm({ start: 0, end: speech.seconds })).length),
    )
  },
)
