import { after, lifetimes } from './lifetimes.ts'

const PERIOD_MS = 30 * 24 * 60 * 60_000
/** A key is public this long before it signs, longer than verifiers keep a JWKS. */
export const PUBLISH_LEAD_MS = 60 * 60_000
/** Clock differences between machines. */
const MARGIN_MS = 60_000

export interface KeyTimes {
  activeFrom: Date
}

/** The key to sign with: of those already active, the latest. */
export function signingKey<K extends KeyTimes>(keys: readonly K[], now: Date): K | undefined {
  return oldestFirst(keys.filter((key) => key.activeFrom <= now)).at(-1)
}

/** Keys that verifiers need: future ones, the active one, and replaced ones until their last token has expired. */
export function publishedKeys<K extends KeyTimes>(keys: readonly K[], now: Date): K[] {
  const ordered = oldestFirst(keys)
  return ordered.filter((_key, index) => {
    const successor = ordered[index + 1]
    return successor === undefined || after(successor.activeFrom, lifetimes.accessToken + MARGIN_MS) > now
  })
}

/** When the next key, to be made now, becomes active; undefined while none is due. The very first is at once. */
export function nextKeyFrom(keys: readonly KeyTimes[], now: Date): Date | undefined {
  const newest = oldestFirst(keys).at(-1)
  if (newest === undefined) return now
  const due = after(newest.activeFrom, PERIOD_MS)
  const earliest = after(now, PUBLISH_LEAD_MS)
  if (due > earliest) return undefined
  return earliest
}

function oldestFirst<K extends KeyTimes>(keys: readonly K[]): K[] {
  return keys.toSorted((a, b) => a.activeFrom.getTime() - b.activeFrom.getTime())
}
