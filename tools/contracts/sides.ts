import type { Reading } from './understands.ts'

/** Who of yesterday meets today's code, and how they read. */
export interface Side {
  name: string
  /** Whether yesterday reads what today tells; otherwise today reads what yesterday wrote. */
  told: boolean
  reading: Reading
}

export const sides = {
  /** Yesterday's caller asks. Unknown fields are refused, and a field left out stands for its default. */
  request: {
    name: 'request',
    told: false,
    reading: { overlooksUnknown: false, missesGone: false, writesDefaults: false, heedsDefaults: true },
  },
  /** Yesterday's caller reads the answer, and overlooks what it does not know. */
  response: {
    name: 'response',
    told: true,
    reading: { overlooksUnknown: true, missesGone: true, writesDefaults: true, heedsDefaults: false },
  },
  /** Yesterday's subscriber reads an event. Its schema parses it, so a strict one refuses what it does not know. */
  subscriber: {
    name: 'subscriber',
    told: true,
    reading: { overlooksUnknown: false, missesGone: true, writesDefaults: true, heedsDefaults: false },
  },
  /** Today's code reads an entry that was written yesterday and still waits. */
  entry: {
    name: 'waiting entry',
    told: false,
    reading: { overlooksUnknown: false, missesGone: false, writesDefaults: true, heedsDefaults: false },
  },
} as const satisfies Record<string, Side>
