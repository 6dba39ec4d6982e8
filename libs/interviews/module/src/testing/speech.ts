import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

export interface SpeechFolder {
  readonly path: string
  /** Has Debian's flite say a text; resolves to the path of a 16 kHz WAV. */
  say(text: string, voice?: 'awb' | 'rms' | 'slt' | 'kal16'): Promise<string>
  /** Makes a file with ffmpeg; its name is the last argument. */
  make(name: string, ...args: string[]): Promise<string>
  remove(): Promise<void>
}

/** A folder of recordings that a spec makes; whoever opens it removes it. */
export async function speechFolder(): Promise<SpeechFolder> {
  const path = await mkdtemp(join(tmpdir(), 'cenopie-speech-'))
  let said = 0
  return {
    path,
    async say(text, voice = 'awb') {
      const file = join(path, `said-${said++}.wav`)
      await execute('flite', ['-voice', voice, '-t', text, '-o', file])
      return file
    },
    async make(name, ...args) {
      const file = join(path, name)
      await execute('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args, file])
      return file
    },
    remove: () => rm(path, { recursive: true }),
  }
}
