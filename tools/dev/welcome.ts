import { companies } from './seed/companies.ts'
import { candidates, password } from './seed/people.ts'
import { foldersOf, type Settings } from './settings.ts'

/** What somebody who has just started the platform wants to know. `elapsed` in milliseconds. */
export function welcome({ ports, dataDir, databaseUrl, redisUrl }: Settings, elapsed: number): string {
  const at = (port: number, path = '') => `http://127.0.0.1:${port}${path}`
  const accounts = [
    ...companies.flatMap(({ name, owner, recruiter }) => [
      [owner.email, `${owner.name}, owner of ${name}`],
      [recruiter.email, `${recruiter.name}, recruiter at ${name}`],
    ]),
    ...candidates.map(({ email, name, headline }) => [email, `${name}, ${headline}`]),
  ]
  return `
Cenopie is ready (${(elapsed / 1000).toFixed(1)} s).

  API              ${at(ports.api)}
  API reference    ${at(ports.api, '/docs')}
  mail inbox       ${at(ports.mail)}
  queues           ${at(ports.queues)}
  PostgreSQL       ${databaseUrl ? 'yours (DATABASE_URL)' : `127.0.0.1:${ports.postgres}`}
  Redis            ${redisUrl ? 'yours (REDIS_URL)' : `127.0.0.1:${ports.redis}`}
  log              ${foldersOf(dataDir).log}

Demo accounts, all with the password "${password}":

${accounts.map(([email, who]) => `  ${email!.padEnd(22)} ${who}`).join('\n')}

See the main job happen: npm run demo (in another terminal)
Stop: Ctrl-C. Data survives in ${dataDir}; "npm run reset" clears it.`
}
