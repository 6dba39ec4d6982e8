import { expect, it } from 'vitest'
import { planFor } from './plan-for.ts'
import { topologyNames } from './topology.ts'

const site = {
  publicUrl: 'http://localhost',
  gateway: true,
  databaseUrl: 'postgres://db/cenopie',
  redisUrl: 'redis://cache',
  env: {},
  address: (name: string) => ({ host: '127.0.0.1', port: 3000, url: `http://${name}:3000` }),
}

it.each(topologyNames())('topology %s fits the modules and apps of this checkout', async (name) => {
  await expect(planFor(name, site)).resolves.toHaveProperty('topology', name)
})

it('in topology all each module has a process and a database to itself', async () => {
  const { processes } = await planFor('all', site)
  expect(processes.every(({ modules }) => modules.length === 1)).toBe(true)
  expect(new Set(processes.map(({ databaseUrl }) => databaseUrl)).size).toBe(processes.length)
})
