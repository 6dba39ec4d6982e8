/** `npm run reset`: deletes what `npm start` keeps. */
import { readdirSync, realpathSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { holderOf } from './claim.ts'
import { foldersOf, readSettings } from './settings.ts'

const { dataDir, databaseUrl, redisUrl } = readSettings(process.env, join(import.meta.dirname, '../..'))
const folders = foldersOf(dataDir)
const holder = holderOf(folders.launcher)

if (holder !== undefined) {
  console.error(`The platform runs on ${dataDir} (process ${holder}). Stop it first, then reset.`)
  process.exitCode = 1
} else {
  // PostgreSQL's may be a link to a folder that its user can reach.
  for (const path of Object.values(folders)) {
    rmSync(realPath(path), { recursive: true, force: true })
    rmSync(path, { recursive: true, force: true })
  }
  removeIfEmpty(dataDir)
  console.log(`Deleted the data in ${dataDir}. The next "npm start" begins anew.`)
  if (databaseUrl || redisUrl)
    console.log('What DATABASE_URL and REDIS_URL name is not ours and was left alone.')
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

function removeIfEmpty(folder: string): void {
  try {
    if (readdirSync(folder).length === 0) rmdirSync(folder)
  } catch {
    // There was no such folder.
  }
}
