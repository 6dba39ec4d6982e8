/** `npm run reset`: deletes what `npm start` keeps, of every topology. */
import { readdirSync, realpathSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolders, holderOf } from './claim.ts'
import { foldersOf, readSettings } from './settings.ts'

const { dataDir, databaseUrl, redisUrl } = readSettings(process.env, join(import.meta.dirname, '../..'))
const all = dataFolders(dataDir)
const held = all
  .map((folder) => ({ folder, holder: holderOf(foldersOf(folder).launcher) }))
  .find(({ holder }) => holder !== undefined)

if (held !== undefined) {
  console.error(`The platform runs on ${held.folder} (process ${held.holder}). Stop it first, then reset.`)
  process.exitCode = 1
} else {
  for (const folder of all) {
    // PostgreSQL's may be a link to a folder that its user can reach.
    for (const path of Object.values(foldersOf(folder))) {
      rmSync(realPath(path), { recursive: true, force: true })
      rmSync(path, { recursive: true, force: true })
    }
    removeIfEmpty(folder)
  }
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
