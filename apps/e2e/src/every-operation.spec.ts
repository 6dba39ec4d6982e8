import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { documentedOperations, operationOf, readDocument, type OpenApiDocument } from './document/document.ts'
import { responseCheck, type ResponseCheck } from './document/response-check.ts'
import { journeys } from './journey/journeys.ts'
import { runToEnd } from './platform/node-process.ts'
import { platformUnderTest, type PlatformUnderTest } from './platform/platform-under-test.ts'

let platform: PlatformUnderTest
let document: OpenApiDocument
let check: ResponseCheck
const succeeded = new Set<string>()
const differences = new Set<string>()

beforeAll(async () => {
  platform = await platformUnderTest({
    observe(exchange) {
      const difference = check(exchange)
      if (difference) differences.add(difference)
      else if (exchange.status < 400) succeeded.add(operationOf(exchange))
    },
  })
  document = await readDocument(platform.url)
  check = responseCheck(document)
  return platform.stop
})

describe.concurrent('journeys', { timeout: 180_000 }, () => {
  test.each(Object.entries(journeys))('%s', async (_, journey) => {
    await journey(platform)
  })
})

test('every operation of the document was called and succeeded', () => {
  expect([...succeeded].sort()).toEqual(documentedOperations(document))
})

test('every answer is what the document promises', () => {
  expect([...differences]).toEqual([])
})

test('the document passes the recommended lint without an error', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cenopie-openapi-'))
  const file = join(folder, 'openapi.json')
  await writeFile(file, JSON.stringify(document))
  const quiet = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
  await runToEnd('node_modules/@redocly/cli/bin/cli.js', ['lint', '--extends', 'recommended', file], quiet)
  await rm(folder, { recursive: true })
})
