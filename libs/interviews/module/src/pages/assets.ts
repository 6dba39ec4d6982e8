import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { interviewsContract } from '@cenopie/interviews-contract'
import { browserProgram, pageAsset, type PageProgram } from '@cenopie/platform-runtime'

const pathOf = (name: string) => fileURLToPath(new URL(`./recorder/${name}`, import.meta.url))

async function read() {
  const [program, style] = await Promise.all([
    browserProgram(pathOf('recorder')),
    readFile(pathOf('recorder.css')),
  ])
  return {
    'recorder.js': pageAsset(program, 'text/javascript; charset=utf-8'),
    'recorder.css': pageAsset(style, 'text/css; charset=utf-8'),
  }
}

let assets: ReturnType<typeof read> | undefined

/** What the page loads, read when somebody first opens one. */
export const pageAssets = () => (assets ??= read())

/** Where the program that records is, in its present version. */
export async function recorder(): Promise<PageProgram> {
  const { 'recorder.js': script, 'recorder.css': style } = await pageAssets()
  const { path } = interviewsContract.streams.readPageAsset
  const at = (name: string, version: string) => path.replace('{version}', version).replace('{name}', name)
  return { script: at('recorder.js', script.version), style: at('recorder.css', style.version) }
}
