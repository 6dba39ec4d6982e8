import { readJson, type Tree } from '@nx/devkit'

/** The folder of the workspace package of this name, if there is one. */
export function packageAt(tree: Tree, name: string): string | undefined {
  const folders = [
    'tools',
    ...within(tree, 'apps'),
    ...within(tree, 'libs').flatMap((domain) => within(tree, domain)),
  ]
  return folders.find((folder) => {
    const manifest = `${folder}/package.json`
    return tree.exists(manifest) && readJson<{ name: string }>(tree, manifest).name === name
  })
}

const within = (tree: Tree, folder: string) => tree.children(folder).map((name) => `${folder}/${name}`)
