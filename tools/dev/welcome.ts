import { companies } from './seed/companies.ts'
import { candidates, password } from './seed/people.ts'
import type { Platform } from './monolith.ts'
import { foldersOf, monolith, type Settings } from './settings.ts'

/** What somebody who has just started the platform wants to know. `elapsed` in milliseconds. */
export function welcome(settings: Settings, { processes }: Platform, elapsed: number): string {
  const { topology, ports, dataDir, databaseUrl, redisUrl } = settings
  const at = (port: number, path = '') => `http://127.0.0.1:${port}${path}`
  const accounts = [
    ...companies.flatMap(({ name, owner, recruiter }) => [
      [owner.email, `${owner.name}, owner of ${name}`],
      [recruiter.email, `${recruiter.name}, recruiter at ${name}`],
    ]),
    ...candidates.map(({ email, name, headline }) => [email, `${name}, ${headline}`]),
  ]
  const apart = processes.map(({ name, url, log }) => `  ${name.padEnd(16)} ${url.padEnd(22)} ${log}`)
  const where =
    topology === monolith
      ? `  log              ${foldersOf(dataDir).log}`
      : `\nTopology ${topology}: a gateway at the API's address, before these processes with their logs:\n\n${apart.join('\n')}`
  return `
Cenopie is ready (${(elapsed / 1000).toFixed(1)} s).

  API              ${at(ports.api)}
  API reference    ${at(ports.api, '/docs')}
  mail inbox       ${at(ports.mail)}
  queues           ${at(ports.queues)}
  PostgreSQL       ${databaseUrl ? 'yours (DATABASE_URL)' : `127.0.0.1:${ports.postgres}`}
  Redis            ${redisUrl ? 'yours (REDIS_URL)' : `127.0.0.1:${ports.redis}`}
${where}

Demo accounts, all with the password "${password}":

${accounts.map(([email, who]) => `  ${email!.padEnd(22)} ${who}`).join('\n')}

See the main job happen: npm run demo (in another terminal)
Stop: Ctrl-C. Data survives in ${dataDir}; "npm run reset" clears it.`
}
