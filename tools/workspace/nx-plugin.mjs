// Every folder with a package.json under apps/, libs/ and tools/ is a project. What it is and what can be run on
// it follows from its path and its files, so no project carries configuration of its own.
import { dirname } from 'node:path'

/** Prisma's CLI wants a schema engine even where it is not used; any executable will do. */
const prismaOffline = { PRISMA_SCHEMA_ENGINE_BINARY: '/bin/sh', CHECKPOINT_DISABLE: '1' }

/** `type:` and `domain:` of a project, the vocabulary of the dependency rule in eslint.config.mjs. */
export function tagsOf(root) {
  const [area, domain, kind] = root.split('/')
  if (area === 'tools') return ['type:tool', 'domain:none']
  if (area === 'apps') return [domain === 'web' ? 'type:web' : 'type:app', 'domain:none']
  if (kind === 'contract' || kind === 'module') return [`type:${kind}`, `domain:${domain}`]
  if (domain === 'platform') return ['type:platform', 'domain:platform']
  throw new Error(`${root}: a folder under libs/ is <domain>/contract, <domain>/module or platform/<name>`)
}

function targetsOf(root, files) {
  const has = (pattern) => files.some((file) => pattern.test(file))
  const command = (line, options = {}) => ({
    executor: 'nx:run-commands',
    cache: true,
    ...options,
    options: { command: line, cwd: '{workspaceRoot}', ...options.options },
  })
  const generated = ['generate', '^generate']
  const configs = files.filter((file) => /(^|\/)tsconfig\.json$/.test(file)).sort()
  const isBuilt = root.startsWith('apps/') && has(/^src\/main\.ts$/)
  const targets = {
    lint: command(`eslint ${root} --max-warnings=0 && prettier --check --log-level=warn ${root}`, {
      dependsOn: generated,
      inputs: [
        'everything',
        '^production',
        '{workspaceRoot}/eslint.config.mjs',
        '{workspaceRoot}/.prettierrc.json',
        '{workspaceRoot}/.prettierignore',
      ],
    }),
    // What runs in a browser has a tsconfig.json of its own.
    typecheck: command(configs.map((file) => `tsgo -p ${root}/${file}`).join(' && '), {
      dependsOn: generated,
      inputs: ['everything', '^production'],
    }),
  }
  if (has(/^prisma\/schema\.prisma$/))
    targets.generate = command(`prisma generate --schema ${root}/prisma/schema.prisma`, {
      inputs: ['{projectRoot}/prisma/schema.prisma', { externalDependencies: ['prisma'] }],
      outputs: ['{projectRoot}/src/data/generated'],
      options: { env: prismaOffline },
    })
  if (has(/\.spec\.ts$/))
    targets.test = command(
      `vitest run --root ${root} --reporter=default --reporter=json --outputFile.json=.vitest/results.json`,
      {
        dependsOn: isBuilt ? [...generated, 'build'] : generated,
        inputs: ['everything', '^production', '{workspaceRoot}/vitest.config.ts'],
        outputs: ['{projectRoot}/.vitest'],
      },
    )
  if (isBuilt)
    targets.build = command(`node tools/workspace/build.ts ${root}`, {
      dependsOn: generated,
      inputs: [
        'production',
        '^production',
        'sharedConfig',
        '{workspaceRoot}/tools/workspace/build.ts',
        '{workspaceRoot}/tools/workspace/build/**/*',
      ],
      outputs: ['{workspaceRoot}/dist/{projectRoot}'],
    })
  return targets
}

/** @type {import('@nx/devkit').CreateNodes} */
export const createNodes = [
  '{apps,libs,tools}/**/{package.json,tsconfig.json,*.spec.ts,schema.prisma,main.ts}',
  (files) => {
    const roots = files.filter((file) => file.endsWith('/package.json')).map(dirname)
    return roots.map((root) => {
      const own = files
        .filter((file) => file.startsWith(`${root}/`))
        .map((file) => file.slice(root.length + 1))
      return [
        `${root}/package.json`,
        { projects: { [root]: { tags: tagsOf(root), targets: targetsOf(root, own) } } },
      ]
    })
  },
]
