import { describe, expect, it } from 'vitest'
import { closure, type LockFile } from './lock-file.ts'

const lock: LockFile = {
  name: 'example',
  lockfileVersion: 3,
  packages: {
    '': { devDependencies: { vitest: '4' } },
    'apps/api': { dependencies: { '@x/jobs': '*' } },
    'libs/jobs': { dependencies: { ajv: '8', client: '1' }, devDependencies: { vitest: '4' } },
    'libs/jobs/node_modules/ajv': { version: '8.0.0', dependencies: { uri: '1' } },
    'node_modules/@x/api': { resolved: 'apps/api', link: true },
    'node_modules/@x/jobs': { resolved: 'libs/jobs', link: true },
    'node_modules/ajv': { version: '6.0.0' },
    'node_modules/client': {
      version: '1.0.0',
      peerDependencies: { adapter: '1', cli: '1' },
      peerDependenciesMeta: { cli: { optional: true } },
    },
    'node_modules/adapter': { version: '1.0.0' },
    'node_modules/cli': { version: '1.0.0' },
    'node_modules/uri': { version: '1.0.0' },
    'node_modules/vitest': { version: '4.0.0' },
  },
}

describe('the lock file of a build', () => {
  const kept = closure(lock, 'apps/api')

  it('keeps the app, its packages, the links between them and what they need', () => {
    expect([...kept].sort()).toEqual([
      'apps/api',
      'libs/jobs',
      'libs/jobs/node_modules/ajv',
      'node_modules/@x/api',
      'node_modules/@x/jobs',
      'node_modules/adapter',
      'node_modules/client',
      'node_modules/uri',
    ])
  })

  it('takes the nearest version of a package, as Node does', () => {
    expect(kept).not.toContain('node_modules/ajv')
  })

  it('leaves out what only development or an optional peer asks for', () => {
    expect(kept).not.toContain('node_modules/vitest')
    expect(kept).not.toContain('node_modules/cli')
  })
})
