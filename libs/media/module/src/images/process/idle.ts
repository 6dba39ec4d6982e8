import { startImageProcess, type ImageProcess } from './image-process.ts'

/** Starting a process costs as much as a small picture. */
const keptMs = 30_000

const idle = new Map<ImageProcess, NodeJS.Timeout>()

/** A process that has no work: one that was kept, or a new one. */
export function takeProcess(): ImageProcess {
  for (const [process, timer] of idle) {
    clearTimeout(timer)
    idle.delete(process)
    if (process.alive) return process
  }
  return startImageProcess()
}

/** Keeps a process for a while, in case more is to do. */
export function keepProcess(process: ImageProcess): void {
  const end = () => {
    idle.delete(process)
    process.kill()
  }
  idle.set(process, setTimeout(end, keptMs).unref())
}
