import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { mediaContract } from '@cenopie/media-contract'
import { Fault, faults, type Client } from '@cenopie/platform-contract'
import type { TaskRun } from '@cenopie/platform-outbox'

/** What media makes of every recording that has sound: 16 kHz, one channel. */
const speech = 'speech.wav'

/**
 * Lends the sound of a recording as a file that only this user can read, for as long as `use` takes. Undefined when
 * there is none: the recording has no sound, or is gone.
 */
export async function withRecordedSpeech<T>(
  media: Client<typeof mediaContract>,
  fileId: string,
  { call, signal }: Pick<TaskRun, 'call' | 'signal'>,
  use: (path: string) => Promise<T>,
): Promise<T | undefined> {
  const content = await media
    .readRendition({ fileId, name: speech }, call)
    .catch((error: unknown) =>
      error instanceof Fault && error.code === faults.notFound.code
        ? undefined
        : Promise.reject(error as Error),
    )
  if (!content) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'cenopie-speech-'))
  try {
    const path = join(folder, speech)
    await pipeline(await content.open(), createWriteStream(path, { mode: 0o600 }), { signal })
    return await use(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
