/** A table that is rebuilt aside: while that goes on, writes go into it and into `<table>_next`. */
export const tables = { postings: 'posting', people: 'person', blocks: 'block' } as const
export type Table = (typeof tables)[keyof typeof tables]

/** The version of an erased person's tombstone, the highest that a row holds: nothing comes after an erasure. */
export const erased = 2_147_483_647
