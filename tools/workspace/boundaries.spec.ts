import { join } from 'node:path'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, it } from 'vitest'

const workspace = join(import.meta.dirname, '../..')

// The fixtures exist as text only, so the typed rules, which want files, are off.
const eslint = new ESLint({ cwd: workspace, overrideConfig: tseslint.configs.disableTypeChecked })

/** Messages of the rules broken by `code` if it were the file at `path`. */
async function lint(path: string, code: string) {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: join(workspace, path) })
  return result!.messages.filter(({ ruleId }) => !ruleId?.includes('unused')).map(({ message }) => message)
}

const jobs = 'libs/jobs/module/src/operations/fixture.ts'
const contract = 'libs/jobs/contract/src/fixture.ts'
const platform = 'libs/platform/outbox/src/fixture.ts'

describe('the dependency rule', { timeout: 60_000 }, () => {
  it.each([
    ['module → module', jobs, "import { users } from '@cenopie/users'", /type:module.*can only depend on/],
    ['module → module, lazily', jobs, "await import('@cenopie/users')", /type:module.*can only depend on/],
    [
      'module → module, by path',
      jobs,
      "import '../../../../users/module/src/index.ts'",
      /relative or absolute path/,
    ],
    [
      'contract → module',
      contract,
      "import { users } from '@cenopie/users'",
      /type:contract.*can only depend on/,
    ],
    ['contract → other contract', contract, "import '@cenopie/users-contract'", /domain:platform/],
    [
      'contract → runtime',
      contract,
      "import '@cenopie/platform-runtime'",
      /type:contract.*can only depend on/,
    ],
    [
      'contract → fastify',
      contract,
      "import { fastify } from 'fastify'",
      /type:contract.*not allowed to import/,
    ],
    ['contract → bullmq', contract, "import { Queue } from 'bullmq'", /type:contract.*not allowed to import/],
    [
      'contract → ioredis',
      contract,
      "import { Redis } from 'ioredis'",
      /type:contract.*not allowed to import/,
    ],
    ['contract → pg', contract, "import pg from 'pg'", /Only src\/data\//],
    ['contract → Node', contract, "import { randomUUID } from 'node:crypto'", /runs in a browser/],
    ['contract → Node, old style', contract, "import { randomUUID } from 'crypto'", /runs in a browser/],
    ['platform → domain', platform, "import '@cenopie/jobs-contract'", /domain:platform.*can only depend on/],
    [
      'platform → module',
      platform,
      "import { jobs } from '@cenopie/jobs'",
      /Circular dependency|can only depend on/,
    ],
    ['Prisma outside data/', jobs, "import { Prisma } from '@prisma/client'", /Only src\/data\//],
    ['Prisma outside data/, lazily', jobs, "await import('@prisma/client')", /Only src\/data\//],
    ['its client outside data/', jobs, "import '../data/generated/client.ts'", /Only src\/data\//],
    ['SQL outside data/', jobs, "import pg from 'pg'", /Only src\/data\//],
    ['process.env in a module', jobs, 'export const port = process.env.PORT', /Only the runtime/],
    ['process.env taken apart', jobs, 'export const { env } = process', /Only the runtime/],
    ['process.env by import', jobs, "import { env } from 'node:process'", /Configuration is zod/],
    ['process.env in the platform', platform, 'export const port = process.env.PORT', /Only the runtime/],
    [
      'a second export',
      'libs/jobs/module/src/index.ts',
      'export const a = 1\nexport const b = 2',
      /only export/,
    ],
    [
      're-exporting',
      'libs/jobs/module/src/index.ts',
      "export * from './operations/postings.ts'",
      /only export/,
    ],
  ])('refuses %s', async (_, path, code, message) => {
    expect(await lint(path, code)).toContainEqual(expect.stringMatching(message))
  })

  it.each([
    ['module → contract of another domain', jobs, "import { usersContract } from '@cenopie/users-contract'"],
    ['module → platform', jobs, "import { newId } from '@cenopie/platform-database'"],
    ['contract → platform contract', contract, "import { fault } from '@cenopie/platform-contract'"],
    ['contract → zod', contract, "import { z } from 'zod'"],
    ['app → module', 'apps/api/src/fixture.ts', "import { jobs } from '@cenopie/jobs'"],
    [
      'Prisma in data/',
      'libs/jobs/module/src/data/fixture.ts',
      "import { PrismaClient } from './generated/client.ts'",
    ],
  ])('allows %s', async (_, path, code) => {
    expect(await lint(path, code)).toEqual([])
  })

  it('cannot be switched off by a comment', async () => {
    const [result] = await eslint.lintText('/* eslint-disable */\nexport const port = process.env.PORT\n', {
      filePath: join(workspace, jobs),
    })
    expect(result!.errorCount).toBe(1)
  })
})
