import { readFile } from 'node:fs/promises'

/** Ids of the processes that a process started, and of those that they started (Linux). */
export async function descendantsOf(pid: number): Promise<number[]> {
  const list = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  const children = list.split(' ').filter(Boolean).map(Number)
  return [...children, ...(await Promise.all(children.map(descendantsOf))).flat()]
}

/** Whether there is still a process of that id, dead ones that nobody has asked about yet aside. */
export async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const state = stat.split(') ').at(-1)?.[0]
  return state !== undefined && state !== 'Z' && state !== 'X'
}
