/** `npm run topology`: what a deployer needs of a topology, with processes at `http://<name>:3000`. */
import { parseArgs } from 'node:util'
import { caddyfile } from './gateway/caddyfile.ts'
import { describedModules, planFor } from './plan-for.ts'
import { printed } from './print.ts'
import { redacted } from './redact.ts'
import { topologyNames } from './topology.ts'

const usage = `npm run topology -- list                       names of the topologies
npm run topology -- print NAME [--url URL]     its processes, what each is told, and the routes to them
npm run topology -- gateway NAME [--url URL]   the configuration of Caddy before them

URL is where clients reach the platform (http://localhost:3000). What DATABASE_URL, REDIS_URL and CENOPIE_… are set to
goes to the processes that read it.`

try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { url: { type: 'string', default: 'http://localhost:3000' } },
  })
  process.exitCode = await run(positionals, new URL(values.url))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function run([command, name]: string[], url: URL): Promise<number> {
  if (command === 'list') console.log(topologyNames().join('\n'))
  else if (command === 'print' && name !== undefined) {
    const modules = await describedModules()
    console.log(printed(await planOf(name, url), (env) => redacted(env, modules)))
  } else if (command === 'gateway' && name !== undefined) {
    const address = url.protocol === 'https:' ? url.origin : `http://:${url.port || 80}`
    process.stdout.write(caddyfile(await planOf(name, url), { address, accessLog: undefined }))
  } else {
    console.error(usage)
    return 2
  }
  return 0
}

function planOf(name: string, url: URL) {
  const given = Object.entries(process.env).filter(([name]) => name.startsWith('CENOPIE_'))
  return planFor(name, {
    publicUrl: url.origin,
    gateway: true,
    databaseUrl: process.env['DATABASE_URL'] || 'postgresql://postgres@postgres:5432/cenopie',
    redisUrl: process.env['REDIS_URL'] || 'redis://redis:6379',
    address: (name) => ({ host: '0.0.0.0', port: 3000, url: `http://${name}:3000` }),
    // Long enough for the gateway to notice that a process is about to stop.
    env: { CENOPIE_DRAIN_SECONDS: '3', ...Object.fromEntries(given) },
  })
}
