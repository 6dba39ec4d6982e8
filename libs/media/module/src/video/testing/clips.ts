import { execFile, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** A folder of clips that real ffmpeg makes, and what it reads of them without any confinement. */
export async function clipFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'clips-'))
  const path = (name: string) => join(folder, name)
  const inspect = async (...args: string[]): Promise<Inspected> => {
    const { stdout } = await execute('ffprobe', [
      ...['-v', 'error', '-show_format', '-show_streams', '-of', 'json', ...args],
    ])
    return JSON.parse(stdout) as Inspected
  }
  const ffmpeg = (...args: string[]) => execute('ffmpeg', ['-v', 'error', '-y', ...args])
  return {
    path,
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true })
    },
    /** Makes a file from the arguments that precede its name. */
    async make(name: string, ...args: string[]): Promise<string> {
      await ffmpeg(...args, path(name))
      return path(name)
    },
    /** WebM as a browser's recorder writes it: into a pipe, so that its header cannot say how long it is. */
    async record(name: string, ...args: string[]): Promise<string> {
      const child = spawn('ffmpeg', ['-v', 'error', ...args, '-f', 'webm', 'pipe:1'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      await pipeline(child.stdout, createWriteStream(path(name)))
      return path(name)
    },
    async write(name: string, content: string | Uint8Array): Promise<string> {
      await writeFile(path(name), content)
      return path(name)
    },
    /** The file's bytes after `change` under a new name. */
    async changed(from: string, name: string, change: (bytes: Buffer) => Buffer): Promise<string> {
      await writeFile(path(name), change(await readFile(from)))
      return path(name)
    },
    /** Everything ffprobe knows, tags included. */
    inspect: (file: string, ...args: string[]) => inspect(...args, file),
    /** What ffprobe makes of a file of text that may lead it wherever it likes. */
    async openly(text: string): Promise<Inspected> {
      await writeFile(path('openly'), text)
      return inspect('-protocol_whitelist', 'file,http,tcp', path('openly'))
    },
    /** Samples of a file's sound, -1 to 1, 16 kHz mono. */
    async samples(file: string): Promise<Float32Array> {
      const { stdout } = await execute(
        'ffmpeg',
        ['-v', 'error', '-i', file, '-vn', '-ac', '1', '-ar', '16000', '-f', 'f32le', 'pipe:1'],
        { encoding: 'buffer', maxBuffer: 64 * 2 ** 20 },
      )
      return new Float32Array(new Uint8Array(stdout).buffer)
    },
    /** One picture as grey values, row by row. */
    async grey(file: string, ...args: string[]): Promise<Uint8Array> {
      const { stdout } = await execute(
        'ffmpeg',
        [
          '-v',
          'error',
          ...args,
          '-i',
          file,
          '-frames:v',
          '1',
          '-pix_fmt',
          'gray',
          '-f',
          'rawvideo',
          'pipe:1',
        ],
        { encoding: 'buffer', maxBuffer: 64 * 2 ** 20 },
      )
      return stdout
    },
  }
}

interface Inspected {
  readonly format: { readonly duration: string; readonly tags?: Record<string, string> }
  readonly streams: readonly {
    readonly codec_name: string
    readonly codec_type: string
    readonly channels?: number
    readonly width?: number
    readonly height?: number
    readonly pix_fmt?: string
    readonly tags?: Record<string, string>
    readonly side_data_list?: readonly { readonly rotation?: number }[]
  }[]
}

export const picture = (options = 's=160x120:r=15:d=2') => ['-f', 'lavfi', '-i', `testsrc=${options}`]
export const tone = (options = 'd=2') => ['-f', 'lavfi', '-i', `sine=${options}`]
/** What browsers encode, as fast as this machine does. */
export const browserCodecs = ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-c:a', 'libopus']
/** What phones encode. */
export const phoneCodecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac']
