import { execFileSync } from 'node:child_process'

/** Runs a program of the workspace, its output with ours. Throws when it fails. */
export function run(root: string, program: string, ...args: string[]): void {
  execFileSync(program, args, { cwd: root, stdio: 'inherit' })
}

/** Links new packages into node_modules and the lock file. Nothing is downloaded: they need what others need too. */
export function linkPackages(root: string): void {
  run(root, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error')
}
