import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canvas } from './canvas.ts'
import { mermaid } from './mermaid.ts'
import type { ModuleFacts } from './modules.ts'

/** A file of the workspace with a section that is written by this tool. */
interface Document {
  path: string
  /** What stands between the markers. */
  section: string
}

const opening = '<!-- canvas: written by npm run architecture -- --write -->'
const closing = '<!-- /canvas -->'

/** The canvas in each module's README, and the overview of all in `libs/README.md`. */
export function documents(modules: readonly ModuleFacts[]): Document[] {
  return [
    { path: 'libs/README.md', section: overview(modules) },
    ...modules.map((module) => ({ path: `libs/${module.name}/module/README.md`, section: canvas(module) })),
  ]
}

function overview(modules: readonly ModuleFacts[]): string {
  const links = modules.map(({ name }) => `[${name}](${name}/module/README.md)`).join(' · ')
  return `${links}\n\n\`\`\`mermaid\n${mermaid(modules)}\n\`\`\``
}

/** Brings every section up to date; returns the paths of the files that changed. */
export function writeDocuments(workspace: string, modules: readonly ModuleFacts[]): string[] {
  const stale = staleDocuments(workspace, modules)
  for (const { path, updated } of stale) writeFileSync(join(workspace, path), updated)
  return stale.map(({ path }) => path)
}

/** The files whose section is not what the code says, and what they should read. */
export function staleDocuments(workspace: string, modules: readonly ModuleFacts[]) {
  return documents(modules).flatMap(({ path, section }) => {
    const file = join(workspace, path)
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    const updated = withSection(text, section)
    return updated === text ? [] : [{ path, updated }]
  })
}

/** `text` with the section in place of what stands between the markers; at the end where there are none yet. */
export function withSection(text: string, section: string): string {
  const marked = `${opening}\n\n${section}\n\n${closing}`
  const start = text.indexOf(opening)
  const end = text.indexOf(closing, start)
  if (start < 0 || end < 0) return `${text}${text === '' ? '' : '\n'}${marked}\n`
  return `${text.slice(0, start)}${marked}${text.slice(end + closing.length)}`
}
