import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

async function run(program: string, args: string[]): Promise<void> {
  await execute(program, args).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    const install = 'sudo apt-get install --yes --no-install-recommends flite ffmpeg'
    throw new Error(`${program} is missing. Install it with: ${install}`, { cause: error })
  })
}

interface Take {
  /** Of the test picture. */
  picture?: string
  /** Before the first word, as people have. */
  silenceMilliseconds?: number
}

/**
 * A WebM as a browser's MediaRecorder makes it (VP8 and Opus, without a duration and without an index), of a test
 * picture and a synthetic voice that says `text`. Needs Debian's `flite` and `ffmpeg`.
 */
export async function recordedSpeech(
  text: string,
  { picture = 'size=320x240:rate=15', silenceMilliseconds = 1000 }: Take = {},
): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'cenopie-journey-'))
  try {
    const [voice, film] = [join(folder, 'voice.wav'), join(folder, 'film.webm')]
    await run('flite', ['-voice', 'rms', '-t', text, '-o', voice])
    await run('ffmpeg', [
      ...['-nostdin', '-v', 'error', '-f', 'lavfi', '-i', `testsrc2=${picture}`, '-i', voice],
      ...[
        '-af',
        `adelay=${silenceMilliseconds}`,
        '-shortest',
        '-c:v',
        'libvpx',
        '-deadline',
        'good',
        '-cpu-used',
        '5',
      ],
      ...['-b:v', '300k', '-c:a', 'libopus', '-b:a', '64k', '-f', 'webm', '-live', '1'],
      // The same bytes every time, so that two runs can be compared.
      ...['-threads', '1', '-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact', film],
    ])
    return await readFile(film)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Writes a WAV in which a synthetic voice says `text` after so many seconds of silence. Resolves to its length, seconds. */
export async function voiceOf(text: string, path: string, silence: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'cenopie-journey-'))
  try {
    const voice = join(folder, 'voice.wav')
    await run('flite', ['-voice', 'awb', '-t', text, '-o', voice])
    const pcm = ['-ar', '48000', '-ac', '1', '-c:a', 'pcm_s16le']
    await run('ffmpeg', [
      '-nostdin',
      '-v',
      'error',
      '-i',
      voice,
      '-af',
      `adelay=${silence * 1000}`,
      ...pcm,
      path,
    ])
    const { size } = await stat(path)
    return size / (48_000 * 2)
  } finally {
    await rm(folder, { recursive: true })
  }
}
