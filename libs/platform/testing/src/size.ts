/** Whole numbers that say how large a test is, by the environment variable with which a developer chooses another. */
export function sizeFromEnvironment<Name extends string>(
  defaults: Readonly<Record<Name, number>>,
): Record<Name, number> {
  const size: Record<Name, number> = { ...defaults }
  for (const name of Object.keys(defaults) as Name[]) {
    const text = process.env[name]
    if (text === undefined) continue
    if (!/^\d+$/.test(text)) throw new Error(`${name} is a whole number, not "${text}"`)
    size[name] = Number(text)
  }
  return size
}
