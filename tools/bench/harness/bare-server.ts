import { freePort } from '@cenopie/platform-testing/servers'
import { startChild, untilReady, type Child } from './child.ts'

/** Runs one of `programs/` that serve HTTP. */
export async function bareServer(
  script: string,
  databaseUrl: string,
  env: Record<string, string> = {},
): Promise<Child & { url: string }> {
  const port = await freePort()
  const child = await startChild(script, { DATABASE_URL: databaseUrl, PORT: `${port}`, ...env })
  const url = `http://127.0.0.1:${port}`
  await untilReady(child, `${url}/health/ready`)
  return { ...child, url }
}
