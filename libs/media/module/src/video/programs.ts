import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** Absolute paths of what a run is put together from. */
export interface Programs {
  readonly ffmpeg: string
  readonly ffprobe: string
  readonly nice?: string
  readonly prlimit?: string
  readonly setpriv?: string
}

/**
 * Finds the programs on PATH, or where `configured` says. Rejects with the line that installs them when ffmpeg or
 * ffprobe is missing; what confines them is used where the machine has it (Linux: util-linux and coreutils).
 */
export async function findPrograms(
  configured: { ffmpeg?: string; ffprobe?: string } = {},
): Promise<Programs> {
  const [ffmpeg, ffprobe, nice, prlimit, setpriv] = await Promise.all(
    [configured.ffmpeg ?? 'ffmpeg', configured.ffprobe ?? 'ffprobe', 'nice', 'prlimit', 'setpriv'].map(find),
  )
  if (!ffmpeg || !ffprobe) {
    const name = ffmpeg ? (configured.ffprobe ?? 'ffprobe') : (configured.ffmpeg ?? 'ffmpeg')
    throw new Error(`${name} is needed for video and sound and was not found: apt-get install ffmpeg`)
  }
  return { ffmpeg, ffprobe, ...(nice && { nice }), ...(prlimit && { prlimit }), ...(setpriv && { setpriv }) }
}

/** The shell knows PATH; this folder does not read the environment. */
async function find(name: string): Promise<string | undefined> {
  try {
    const { stdout } = await execute('/bin/sh', ['-c', 'command -v "$1"', 'sh', name])
    const path = stdout.trim()
    return path.startsWith('/') ? path : undefined
  } catch {
    return undefined
  }
}
