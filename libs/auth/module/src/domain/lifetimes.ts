const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** How long things last, in milliseconds. */
export const lifetimes = {
  accessToken: 5 * minute,
  /** A session ends after this long without a refresh … */
  sessionIdle: 30 * day,
  /** … and after this long whatever happens. */
  sessionTotal: 180 * day,
  /** A used refresh token still works this long: two tabs, or an answer lost on the way. */
  refreshGrace: 30_000,
  verifyEmail: 24 * hour,
  changeEmail: 24 * hour,
  resetPassword: hour,
  /** Between two mails of one kind to one address that anybody can trigger. */
  mailPause: minute,
  /** Between two notes to an owner that somebody signed up with their address. */
  noticePause: hour,
  invitation: 7 * day,
  /** Until a device counts as new again. */
  deviceMemory: 180 * day,
  /** Ended sessions stay this long, so that a replayed token is known as ours. */
  endedSession: 30 * day,
} as const

/** Sessions of one person; a further sign-in ends the one seen least lately. */
export const MAX_SESSIONS = 50

export function after(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() + milliseconds)
}

export function before(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() - milliseconds)
}
