import { readdir } from 'node:fs/promises'
import type { BenchCase } from './case.ts'

const folder = new URL('../cases/', import.meta.url)

/** Names of all cases: the files of `cases/`. */
export async function caseNames(): Promise<string[]> {
  const files = await readdir(folder)
  return files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort()
}

export async function loadCase(name: string): Promise<BenchCase> {
  const module = (await import(new URL(`${name}.ts`, folder).href)) as { default: BenchCase }
  return module.default
}
