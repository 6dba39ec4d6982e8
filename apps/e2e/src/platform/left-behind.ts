import { readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Database } from '@cenopie/platform-database'

const named = {
  name: 'objects_named',
  text: `SELECT object_key AS key FROM media.rendition
    UNION ALL SELECT 'blobs/' || substr(sha256, 1, 2) || '/' || sha256 FROM media.blob`,
}

/**
 * Files of a platform's folder that no row names, working folders of nobody, and after `-` what a row names and is not
 * there. An empty folder or file in `tmp` holds nothing of anybody: files lose their name before they are written, and
 * a kill may come in between.
 */
export async function leftBehind(folder: string, database: Database): Promise<string[]> {
  const rows = await database.query<{ key: string }>(named)
  const expected = new Set(rows.map(({ key }) => `media/objects/${key}`))
  const left: string[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = relative(folder, join(entry.parentPath, entry.name))
    const empty = path.startsWith('tmp/') && (await stat(join(folder, path))).size === 0
    const counts = (entry.isFile() && !empty) || path.startsWith('media/work/')
    if (counts && !expected.delete(path)) left.push(path)
  }
  return [...left, ...[...expected].map((path) => `- ${path}`)].sort()
}
