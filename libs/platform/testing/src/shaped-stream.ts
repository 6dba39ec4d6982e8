import type { Socket } from 'node:net'

/** What happens to bytes on their way; read anew for every piece. */
export interface Faults {
  latencyMs: number
  bytesPerSecond: number
  /** Bytes in one direction after which the connection breaks. */
  limitBytes: number
  /** Nothing passes; it waits. */
  holding: boolean
}

/** How often held bytes look whether they may go, milliseconds. */
const heldPollMs = 5
/** Bytes that may be on their way before the sender has to wait. */
const windowBytes = 1024 * 1024

/** Passes everything from one socket to the other, as late, slow or little as `faults` say; `broken` ends both. */
export function shape(from: Socket, to: Socket, faults: Faults, broken: () => void): void {
  const queue: { due: number; bytes: Buffer | undefined }[] = []
  let queued = 0
  let passed = 0
  let lastDue = 0
  let timer: NodeJS.Timeout | undefined

  const enqueue = (bytes: Buffer | undefined): void => {
    const transfer = ((bytes?.length ?? 0) / faults.bytesPerSecond) * 1000
    lastDue = Math.max(performance.now() + faults.latencyMs, lastDue) + transfer
    queue.push({ due: lastDue, bytes })
    queued += bytes?.length ?? 0
    if (queued > windowBytes) from.pause()
    drain()
  }

  const drain = (): void => {
    clearTimeout(timer)
    for (let next = queue[0]; next; next = queue[0]) {
      const early = faults.holding ? heldPollMs : next.due - performance.now()
      if (early > 0 && !to.destroyed) {
        timer = setTimeout(drain, early)
        return
      }
      queue.shift()
      pass(next.bytes)
    }
    if (queued <= windowBytes) from.resume()
  }

  const pass = (bytes: Buffer | undefined): void => {
    if (bytes === undefined) {
      to.end()
      return
    }
    queued -= bytes.length
    const allowed = bytes.subarray(0, Math.max(0, faults.limitBytes - passed))
    passed += allowed.length
    to.write(allowed)
    if (allowed.length < bytes.length) to.end(broken)
  }

  from.on('data', enqueue)
  from.on('end', () => enqueue(undefined))
  from.on('close', () => clearTimeout(timer))
}
