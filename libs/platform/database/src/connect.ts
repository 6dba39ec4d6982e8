import pg from 'pg'
import { databaseFault } from './errors.ts'

/** One connection for `work`, closed afterwards. For set-up only: requests go through a pool. */
export async function withClient<T>(
  options: { url: string; schema?: string },
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: options.url,
    connectionTimeoutMillis: 10_000,
    application_name: 'cenopie-migrate',
    ...(options.schema === undefined ? {} : { options: `-c search_path=${options.schema} -c timezone=UTC` }),
  })
  // Without a listener a connection that breaks between two queries would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await work(client)
  } catch (error) {
    throw databaseFault(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}
