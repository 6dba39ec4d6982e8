import { spawn } from 'node:child_process'

export interface RunOptions {
  uid?: number
  gid?: number
  env?: NodeJS.ProcessEnv
}

/** Runs a program to its end; rejects with what it printed if it fails. Resolves to its standard output. */
export function run(command: string, args: string[], options: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: '/', stdio: ['ignore', 'pipe', 'pipe'], ...options })
    let printed = ''
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      printed += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()))
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve(output)
      else reject(new Error(`${command} ${args.join(' ')} failed (${code}):\n${printed.trim()}`))
    })
  })
}
