interface Superuser {
  sql(text: string): Promise<unknown[]>
}

/** Resolves when some work waits for a lock that the test holds, or has ended without. */
export async function blockedOrDone(app: Superuser, work: Promise<unknown>): Promise<void> {
  let done = false
  const end = () => {
    done = true
  }
  work.then(end, end)
  const blocked = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  while (!done && (await app.sql(blocked)).length === 0) await Promise.resolve()
}
