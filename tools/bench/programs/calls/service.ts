/** The echo as a service of its own: everything that stands around a module, and nothing in it. */
import type { Module } from '@cenopie/platform-runtime'
import { echo } from './echo.ts'
import { startProcess } from './process.ts'

await startProcess('echo-service', [echo as unknown as Module])
// Leaves by itself, so that a profile of it gets written.
process.once('SIGTERM', () => process.exit(0))
