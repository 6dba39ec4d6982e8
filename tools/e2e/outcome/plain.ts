/** Matches every UUID in a text. */
export const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g
/** A day alone. One that is about now may be another in a run that began before midnight. */
const day = /\b\d{4}-\d\d-\d\d\b/g
/** As documents say it, to the minute; without spaces when they were read. */
const minute = /\d{4}-\d\d-\d\d ?\d\d:\d\d ?UTC/g
const aboutNow = 2 * 86_400_000
/** As mails say it, "Tuesday 24 November 2026, 19:09 UTC", and pages, "Tuesday, 24 November 2026 at 19:09 UTC". */
const dayInWords = /\b[A-Z][a-z]+day,? \d{1,2} [A-Z][a-z]+ \d{4}(?:(?:,| at) \d\d:\d\d UTC)?/g
const loopback = /https?:\/\/(?:127\.0\.0\.1|localhost):\d+/g
/**
 * 32 random bytes or more in base64url (alone, or signing the part before the dot; a long word has fewer capitals),
 * a SHA-256 in hexadecimal digits, an Argon2 in PHC format.
 */
const secret =
  /(?<![\w.-])(?:[\w-]{8,}\.)?(?=(?:[\w-]*?[A-Z]){3})[\w-]{43,}(?![\w-])|\b[0-9a-f]{64}\b|\$argon2\w+\$[^\s"]+/g
const bytes = /^\\x[0-9a-f]*$/
/** What an SMTP server calls a mail that it took. */
const receipt = /(?<=queued as )\w+/g
const token = /^[\w-]+\.([\w-]+)\.[\w-]+$/

/** What a cursor says is its maker's business; where it leads shows in the next page. */
const opaque = new Set(['nextCursor', 'iat', 'exp', 'nbf'])

/**
 * A value without what differs between any two runs: times, secrets, ports. Only a value of that kind is replaced: one
 * that is missing stays missing. Ids stay; `namesOfIds` gives them names. A signed token becomes its claims.
 */
export function plain(value: unknown, key = ''): unknown {
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) return value.map((one) => plain(one))
  if (typeof value === 'object') {
    const fields = Object.entries(value).map(([name, one]) => [name, plain(one, name)])
    return unencoded(Object.fromEntries(fields) as Record<string, unknown>, encodings.has(key))
  }
  if (opaque.has(key)) return `<${key}>`
  return typeof value === 'string' ? plainText(value) : value
}

/** Facts of an encoded film, and what was removed with one. */
const encodings = new Set(['transcoded', 'removed'])

/** How long the sound's last frame is depends on which of ffmpeg's threads comes first. */
function unencoded(value: Record<string, unknown>, encoded = false): Record<string, unknown> {
  const { name, mediaType, media_type: inRow } = value
  const film = /^(video|audio)\//.test(String(mediaType ?? inRow)) || /\.(mp4|m4a|m4s)$/.test(String(name))
  return 'bytes' in value && (encoded || film) ? { ...value, bytes: '<bytes>' } : value
}

/** Numbers in which a time or a random id hides, by `schema.table.column`. */
const columns: [column: RegExp, plain: (value: number) => unknown][] = [
  [/^search\.posting\w*\.rank$/, (published) => published && '<time>'],
  // How full the profile is; in the lower half a hash of the person's id.
  [/^search\.person\w*\.rank$/, (rank) => Math.floor(rank / 2 ** 32)],
]

/** A row of a table. */
export function plainRow(table: string, row: Record<string, unknown>): unknown {
  const cells = Object.entries(row).map(([name, value]) => {
    const column = columns.find(([pattern]) => pattern.test(`${table}.${name}`))
    return [name, column ? column[1](Number(value)) : plain(value, name)]
  })
  return unencoded(Object.fromEntries(cells) as Record<string, unknown>)
}

function plainText(text: string): unknown {
  const claims = claimsOf(text)
  if (claims) return { claims: plain(claims) }
  if (bytes.test(text)) return '<secret>'
  return text
    .replaceAll(time, '<time>')
    .replaceAll(minute, '<time>')
    .replaceAll(day, (text) => (Math.abs(Date.parse(text) - Date.now()) < aboutNow ? '<today>' : text))
    .replaceAll(dayInWords, '<time>')
    .replaceAll(loopback, '<url>')
    .replaceAll(secret, '<secret>')
    .replaceAll(receipt, '<receipt>')
}

function claimsOf(text: string): unknown {
  const claims = token.exec(text)?.[1]
  if (!claims) return undefined
  try {
    return JSON.parse(Buffer.from(claims, 'base64url').toString()) as unknown
  } catch {
    return undefined
  }
}
