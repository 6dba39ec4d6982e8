import { globSync } from 'node:fs'
import { cp, mkdir } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { build, type Plugin } from 'esbuild'

/** Files stay apart, so that `import.meta.url` keeps its meaning: imports are kept, `.ts` becomes `.js`. */
const keepImports: Plugin = {
  name: 'keep-imports',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ kind, path }) => {
      if (kind === 'entry-point') return undefined
      return { external: true, path: path.startsWith('.') ? path.replace(/\.ts$/, '.js') : path }
    })
  },
}

const development = [
  '**/*.spec.ts',
  '**/node_modules/**',
  'package.json',
  'tsconfig.json',
  '*.md',
  '.*/**',
  '**/*.prisma',
]

/** Writes the workspace package at `path` to `target`: TypeScript as JavaScript, everything else as it is. */
export async function copyPackage(workspace: string, path: string, target: string) {
  const from = join(workspace, path)
  const files = globSync('**/*.*', { cwd: from, exclude: development })
  const scripts = files.filter((file) => extname(file) === '.ts')
  await build({
    entryPoints: scripts.map((file) => join(from, file)),
    outbase: workspace,
    outdir: target,
    absWorkingDir: workspace,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
    plugins: [keepImports],
  })
  for (const file of files.filter((file) => extname(file) !== '.ts')) {
    await mkdir(join(target, path, dirname(file)), { recursive: true })
    await cp(join(from, file), join(target, path, file))
  }
}
