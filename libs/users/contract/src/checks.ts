import type { Check, FieldError } from '@cenopie/platform-contract'
import type { LanguageSkill } from './sections.ts'

interface Period {
  start?: string | undefined
  end?: string | undefined
}

/** A period ends in the month it starts or later. `YYYY-MM` compares as text. */
export const endNotBeforeStart: Check<{ items: Period[] }> = {
  name: 'end-not-before-start',
  refuse: ({ items }) =>
    first(items, ({ start, end }, at) =>
      start && end && end < start
        ? { field: `items.${at}.end`, message: 'must not be before start' }
        : undefined,
    ),
}

/** No skill twice, whatever its case and outer spaces. */
export const skillsDistinct: Check<{ items: string[] }> = {
  name: 'skills-distinct',
  refuse: ({ items }) =>
    firstRepeated(
      items.map((skill) => skill.trim().toLowerCase()),
      (at) => `items.${at}`,
    ),
}

export const languagesDistinct: Check<{ items: LanguageSkill[] }> = {
  name: 'languages-distinct',
  refuse: ({ items }) =>
    firstRepeated(
      items.map(({ language }) => language),
      (at) => `items.${at}.language`,
    ),
}

/** Words that are paths or authorities of the platform, so nobody may pose as one. */
const reserved = new Set([
  'admin',
  'administrator',
  'api',
  'cenopie',
  'help',
  'me',
  'moderator',
  'root',
  'security',
  'support',
  'system',
])

export const handleNotReserved: Check<{ handle: string }> = {
  name: 'handle-not-reserved',
  refuse: ({ handle }) => (reserved.has(handle) ? { field: 'handle', message: 'is reserved' } : undefined),
}

function first<T>(
  items: T[],
  refuse: (item: T, at: number) => FieldError | undefined,
): FieldError | undefined {
  for (const [at, item] of items.entries()) {
    const error = refuse(item, at)
    if (error) return error
  }
  return undefined
}

function firstRepeated(keys: string[], field: (at: number) => string): FieldError | undefined {
  return first(keys, (key, at) =>
    keys.indexOf(key) < at ? { field: field(at), message: 'is listed twice' } : undefined,
  )
}
