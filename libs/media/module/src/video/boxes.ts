import { open } from 'node:fs/promises'

/** The top-level boxes of an ISO media file in their order; undefined when they do not end where the file ends. */
export async function topBoxes(path: string): Promise<string[] | undefined> {
  await using file = await open(path)
  const { size } = await file.stat()
  const names: string[] = []
  const head = Buffer.alloc(16)
  let at = 0
  while (at < size) {
    const { bytesRead } = await file.read(head, 0, 16, at)
    if (bytesRead < 8) return undefined
    const short = head.readUInt32BE(0)
    // 1: the length follows the name in 64 bits. 0 would mean "to the end", which nothing written here needs.
    const length = short === 1 && bytesRead === 16 ? Number(head.readBigUInt64BE(8)) : short
    if (length < 8) return undefined
    names.push(head.toString('latin1', 4, 8))
    at += length
  }
  return at === size ? names : undefined
}

/** Whether a player can start and seek before it has the whole file. */
export async function startsAtOnce(path: string): Promise<boolean> {
  const names = await topBoxes(path)
  if (!names?.includes('moov') || !names.includes('mdat')) return false
  return names.indexOf('moov') < names.indexOf('mdat')
}
