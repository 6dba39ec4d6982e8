import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { join } from 'node:path'
import { freePort } from '@cenopie/platform-testing/servers'
import { expect, test } from 'vitest'

async function demo(env: Record<string, string>) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'demo.ts')], { env })
  const [output, code] = await Promise.all([
    text(child.stdout),
    new Promise((resolve) => child.once('close', resolve)),
  ])
  return { output, code }
}

test('says what to do when the platform does not run', async () => {
  const port = await freePort()
  const { output, code } = await demo({ CENOPIE_PORT: String(port) })
  expect(output).toContain(`The platform does not answer at http://127.0.0.1:${port}.`)
  expect(output).toContain('npm start')
  expect(output).not.toContain('    at ')
  expect(code).toBe(1)
})

test('says so when the port is none', async () => {
  const { output, code } = await demo({ CENOPIE_PORT: 'three' })
  expect(output).toMatch(/CENOPIE_PORT must be a number/)
  expect(code).toBe(1)
})
