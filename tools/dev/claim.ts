import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { commandOf } from './process.ts'
import { foldersOf } from './settings.ts'

/** What the command line of a launcher ends in: tells it from a stranger that was given a dead one's process id. */
const launcher = 'tools/dev/start.ts'

/** Process id of the launcher that uses a data folder, or undefined. */
export function holderOf(pidFile: string): number | undefined {
  const pid = read(pidFile)
  return pid !== undefined && pid !== process.pid && commandOf(pid).includes(launcher) ? pid : undefined
}

/** The data folders of the topologies that ever ran, the monolith's last. */
export function dataFolders(dataDir: string): string[] {
  const { topologies } = foldersOf(dataDir)
  return [...namesIn(topologies).map((name) => join(topologies, name)), dataDir]
}

/** Claims a data folder for this process. Throws if another launcher holds it. Returns how to let go. */
export function claim(pidFile: string): { release: () => void; leftBehind: boolean } {
  const holder = holderOf(pidFile)
  if (holder !== undefined)
    throw new Error(
      `The platform already runs on ${dirname(pidFile)} (process ${holder}). ` +
        'Stop it, or set CENOPIE_DATA_DIR and CENOPIE_PORT for a second copy.',
    )
  const leftBehind = read(pidFile) !== undefined
  mkdirSync(dirname(pidFile), { recursive: true })
  writeFileSync(pidFile, `${process.pid}\n`)
  return { release: () => rmSync(pidFile, { force: true }), leftBehind }
}

function read(pidFile: string): number | undefined {
  try {
    return Number(readFileSync(pidFile, 'utf8')) || undefined
  } catch {
    return undefined
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
