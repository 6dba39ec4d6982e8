import { spawn } from 'node:child_process'

/** Generates the database clients; from Nx's cache when no schema changed. Rejects with what was printed. */
export function generate(workspace: string, signal: AbortSignal): Promise<void> {
  const child = spawn('nx', ['run-many', '-t', 'generate'], {
    cwd: workspace,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (output += text.toString()))
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => reject(new Error('Nx did not run: is "npm install" done?', { cause })))
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(output.trim()))))
  })
}
