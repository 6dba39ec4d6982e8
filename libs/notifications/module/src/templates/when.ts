const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' })

/** An ISO time in words. The reader's time zone is unknown, so the zone is said. */
export const when = (iso: string) => `${format.format(new Date(iso))} UTC`
