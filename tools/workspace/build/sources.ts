import { globSync } from 'node:fs'
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { browserEntry, bundle } from '@cenopie/platform-runtime/browser-program'
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
  '**/tsconfig.json',
  '*.md',
  '.*/**',
  '**/*.prisma',
]

/** Writes a workspace package to `target`: TypeScript as JavaScript, one file a program for browsers, all else as it is. */
export async function copyPackage(workspace: string, path: string, target: string) {
  const from = join(workspace, path)
  const files = globSync('**/*.*', { cwd: from, exclude: development })
  const programs = files.filter((file) => file.endsWith(browserEntry))
  const ofBrowsers = (file: string) => programs.some((program) => file.startsWith(`${dirname(program)}/`))
  const scripts = files.filter((file) => extname(file) === '.ts' && !ofBrowsers(file))
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
  for (const program of programs) {
    const to = join(target, path, program.replace(/\.ts$/, '.js'))
    await mkdir(dirname(to), { recursive: true })
    await writeFile(to, await bundle(join(from, program)))
  }
}
