/**
 * Loaded into a process that the launcher starts (`node --import`). The launcher holds the other end of standard
 * input; when that closes, even because the launcher was killed, the process stops instead of lingering.
 */
import { isMainThread } from 'node:worker_threads'

const graceMs = 5_000

// Threads load it too, and the standard input of each closes when it ends.
if (isMainThread) {
  process.stdin.on('close', () => {
    process.kill(process.pid, 'SIGTERM')
    setTimeout(() => process.exit(1), graceMs).unref()
  })
  process.stdin.resume()
  // Watching must not keep a process alive that has nothing else to do.
  ;(process.stdin as Partial<{ unref(): void }>).unref?.()
}
