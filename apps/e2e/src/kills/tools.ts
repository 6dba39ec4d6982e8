import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
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

/** Every child of a process, by its id. */
export async function childrenOf(pid: number): Promise<number[]> {
  const list = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  return list.split(' ').filter(Boolean).map(Number)
}

/** What works on recordings among them. */
export async function toolsOf(pid: number): Promise<Tool[]> {
  const found: Tool[] = []
  for (const child of await childrenOf(pid)) {
    const command = await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '')
    const program = basename(command.split('\0')[0] ?? '')
    if (!programs.includes(program)) continue
    // The transcriber's files have no name, or none that says more.
    const step = byArguments.find(([names]) => names.test(command))?.[1] ?? 'transcribe'
    found.push({ pid: child, program, step })
  }
  return found
}

/** Whether there is still a process of that id, dead ones that nobody has asked about yet aside. */
export async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const state = stat.split(') ').at(-1)?.[0]
  return state !== undefined && state !== 'Z' && state !== 'X'
}
