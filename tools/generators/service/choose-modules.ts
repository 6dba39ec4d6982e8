import type { ModuleFacts } from '../../architecture/modules.ts'

/** Those of `all` that a list like `search,interviews` names. Throws one line on a list that no service can run. */
export function chooseModules(all: readonly ModuleFacts[], list: string): ModuleFacts[] {
  const wanted = list.split(',').map((name) => name.trim())
  const known = all.map(({ name }) => name)
  const strange = wanted.filter((name) => !known.includes(name))
  if (strange.length > 0) throw new Error(`There is no module "${strange[0]}", only ${known.join(', ')}.`)
  if (new Set(wanted).size < wanted.length) throw new Error(`--modules ${list} names a module twice.`)
  if (wanted.length === all.length) throw new Error('A service of all modules would leave none for apps/api.')
  return wanted.toSorted().map((name) => all.find((module) => module.name === name)!)
}
