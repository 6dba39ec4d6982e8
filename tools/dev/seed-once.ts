import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startChild } from './child.ts'

export interface SeedOptions {
  /** A file that says it is done: the set is written once, so that what people delete stays deleted. */
  marker: string
  url: string
  mail: string
  say: (text: string) => void
}

/** Fills an empty platform with the demo accounts. A failure is told, and tried again at the next start. */
export async function seedOnce({ marker, url, mail, say }: SeedOptions): Promise<void> {
  if (existsSync(marker)) return
  say('Writing the demo accounts …')
  const script = join(import.meta.dirname, 'seed/main.ts')
  const child = startChild(script, [url, mail], { cwd: import.meta.dirname, env: process.env })
  if ((await child.exited) === 0) writeFileSync(marker, `${new Date().toISOString()}\n`)
}
