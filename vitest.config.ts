import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig, type Plugin } from 'vitest/config'

/**
 * The one configuration of every project: Vitest looks for it upwards from `--root`. A project whose package.json
 * names `@cenopie/platform-testing` gets a real PostgreSQL and Redis; the others start nothing.
 */
const servers: Plugin = {
  name: 'cenopie:servers',
  config: ({ root = '.' }) => {
    const { name, dependencies, devDependencies } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    )
    const testing = '@cenopie/platform-testing'
    const wanted = name === testing || testing in { ...dependencies, ...devDependencies }
    const setup = join(import.meta.dirname, 'libs/platform/testing/src/global-setup.ts')
    return wanted ? { test: { globalSetup: [setup] } } : {}
  },
}

export default defineConfig({
  plugins: [servers],
  test: {
    include: ['**/*.spec.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // A test that runs alone, is skipped or is repeated until it passes says nothing.
    allowOnly: false,
  },
})
