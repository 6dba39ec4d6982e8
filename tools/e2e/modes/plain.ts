import { writeFile } from 'node:fs/promises'
import { recordedCalls } from '../run/calls.ts'
import type { RunOptions } from '../run/run.ts'

/** Nothing goes wrong, so calls can be counted: `file` tells who called whom how often. */
export function undisturbed(topology: string, file: string): Partial<RunOptions> {
  const requests = new Map<string, number>()
  return {
    deliver: ({ name }, send) => {
      requests.set(name, (requests.get(name) ?? 0) + 1)
      return send()
    },
    atEnd: async (running) => {
      const calls = await recordedCalls(topology, running, requests)
      await writeFile(file, `${JSON.stringify(calls, null, 2)}\n`)
    },
  }
}
