import pg from 'pg'

/**
 * How values come back from `query`: like `pg`'s defaults (timestamptz → Date, numeric → string, json → parsed),
 * except int8 → number, or bigint where a number would lose digits, and date → 'YYYY-MM-DD' (a calendar day has no
 * time zone). Kept to our pools: Prisma brings its own.
 */
export const parsers: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary' && oid === pg.types.builtins.INT8) return parseInt8
    if (format !== 'binary' && oid === pg.types.builtins.DATE) return asText
    return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text')
  },
}

function asText(text: string): string {
  return text
}

function parseInt8(text: string): number | bigint {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : BigInt(text)
}
