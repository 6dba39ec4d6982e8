import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'

/** How the files of programs for browsers end. Whatever else is in their folder is part of them. */
export const browserEntry = '.browser.ts'

/** The program that starts with `entry` as one file, for browsers of the last years. esbuild is here in development. */
export async function bundle(entry: string): Promise<Uint8Array> {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: ['chrome110', 'firefox115', 'safari16.4'],
    minify: true,
    legalComments: 'inline',
    write: false,
    logLevel: 'silent',
  })
  const [program] = outputFiles
  if (!program) throw new Error(`${entry} came to nothing`)
  return program.contents
}

/**
 * A program for browsers, by the path of its entry without an ending: bundled here when this runs from source, read
 * where it was built.
 */
export async function browserProgram(path: string): Promise<Buffer> {
  const source = extname(import.meta.filename) === '.ts'
  return source ? Buffer.from(await bundle(`${path}.browser.ts`)) : readFile(`${path}.browser.js`)
}
