const day = 86_400_000
/** A deadline further away than this is a slip of the pen. */
const longestDays = 366

export function daysAfter(start: Date, days: number): Date {
  return new Date(start.getTime() + days * day)
}

/** Why `next` cannot be the deadline, or undefined. */
export function refuseDeadline(next: Date, present: Date | null, now: Date): string | undefined {
  if (Number.isNaN(next.getTime())) return 'is not a time'
  if (next <= now) return 'is in the past'
  if (present && next < present) return 'is earlier than the present deadline'
  if (next > daysAfter(now, longestDays)) return 'is more than a year away'
  return undefined
}
