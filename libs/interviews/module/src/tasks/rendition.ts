import type { mediaContract } from '@cenopie/media-contract'
import { Fault, faults, type Client } from '@cenopie/platform-contract'
import type { TaskRun } from '@cenopie/platform-outbox'
import { withNamelessFile } from '../transcribers/audio/nameless-file.ts'

/** What media makes of every recording that has sound: 16 kHz, one channel. */
export const speech = 'speech.wav'

type Media = Pick<Client<typeof mediaContract>, 'readRendition'>

/**
 * Lends what media made of a recording as a file without a name, for as long as `use` takes. Undefined when there is no
 * such thing: the recording has no sound or no picture, or is gone.
 */
export async function withRendition<T>(
  media: Media,
  rendition: { fileId: string; name: string },
  { call, signal }: Pick<TaskRun, 'call' | 'signal'>,
  use: (path: string) => Promise<T>,
): Promise<T | undefined> {
  const content = await media
    .readRendition(rendition, call)
    .catch((error: unknown) =>
      error instanceof Fault && error.code === faults.notFound.code
        ? undefined
        : Promise.reject(error as Error),
    )
  if (!content) return undefined
  return withNamelessFile(async (file, path) => {
    await file.writeFile(await content.open(), { signal })
    return use(path)
  })
}
