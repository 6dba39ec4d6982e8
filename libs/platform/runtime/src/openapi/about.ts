import type { JsonSchema } from '../schemas.ts'

interface Described {
  description?: string
  deprecated?: { since: string; sunset: string; successor?: { method: string; path: string } }
}

export function securityOf({ access }: { access: string }): JsonSchema[] {
  return access === 'user' ? [{ accessToken: [] }] : [{}, { accessToken: [] }]
}

export function described({ description, deprecated }: Described): JsonSchema {
  if (!deprecated) return description === undefined ? {} : { description }
  const { since, sunset, successor } = deprecated
  const instead = successor ? ` Use ${successor.method} ${successor.path} instead.` : ''
  const notice = `Deprecated since ${since}; may be gone after ${sunset}.${instead}`
  return { description: [description, notice].filter(Boolean).join('\n\n'), deprecated: true }
}
