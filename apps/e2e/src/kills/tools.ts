import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { descendantsOf } from '@cenopie/platform-testing/processes'
import type { Step } from './steps.ts'

/** A program that a step of a process runs at the moment. */
export interface Tool {
  pid: number
  program: string
  step: Step
}

const programs = ['ffmpeg', 'ffprobe', 'pocketsphinx_continuous']

/** By the files that its arguments name; media's names lie below the objects' folder or the step's own. */
const byArguments: readonly (readonly [RegExp, Step])[] = [
  [/\.m3u8/, 'stream'],
  [/poster\.jpg/, 'poster'],
  [/video\.mp4\.partial/, 'transcode'],
  [/objects\/blobs\//, 'inspect'],
  [/objects\/files\/|speech\.wav\.partial/, 'speech'],
]

/** What works on recordings for a process: programs are children of a small process of its own. */
export async function toolsOf(pid: number): Promise<Tool[]> {
  const found: Tool[] = []
  for (const child of await descendantsOf(pid)) {
    const command = await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '')
    const program = basename(command.split('\0')[0] ?? '')
    if (!programs.includes(program)) continue
    // The transcriber's files have no name, or none that says more.
    const step = byArguments.find(([names]) => names.test(command))?.[1] ?? 'transcribe'
    found.push({ pid: child, program, step })
  }
  return found
}
