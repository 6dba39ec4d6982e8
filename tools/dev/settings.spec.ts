import { describe, expect, it } from 'vitest'
import { apiEnvironment, portsFrom, processPorts, readSettings } from './settings.ts'

describe('settings of the launcher', () => {
  it('have defaults that need no configuration', () => {
    expect(readSettings({}, '/checkout')).toEqual({
      topology: 'monolith',
      ports: { api: 3000, mail: 3001, smtp: 3002, queues: 3003, postgres: 3004, redis: 3005 },
      dataDir: '/checkout/.data',
      serversFile: '/checkout/.data/servers.env',
      databaseUrl: undefined,
      redisUrl: undefined,
    })
  })

  it('let a second copy run beside the first', () => {
    const second = readSettings({ CENOPIE_PORT: '4000', CENOPIE_DATA_DIR: '/tmp/second' }, '/checkout')
    expect(second.ports).toEqual(portsFrom(4000))
    expect(second.dataDir).toBe('/tmp/second')
  })

  it('give each topology data of its own, and its processes ports after a gap', () => {
    expect(readSettings({}, '/checkout', 'all').dataDir).toBe('/checkout/.data/topologies/all')
    expect(processPorts(3000, 3)).toEqual([3010, 3011, 3012])
  })

  it.each(['http', '0', '3000.5', '65535', '-1'])('refuse CENOPIE_PORT=%s', (CENOPIE_PORT) => {
    expect(() => readSettings({ CENOPIE_PORT }, '/')).toThrow(`not "${CENOPIE_PORT}"`)
  })

  it('hand the API its mail server unless it has one', () => {
    const settings = readSettings({}, '/')
    const servers = { database: 'postgres://a', redis: 'redis://b' }
    const smtp = 'CENOPIE_NOTIFICATIONS_SMTP_URL'
    expect(apiEnvironment({}, settings, servers)[smtp]).toBe('smtp://127.0.0.1:3002')
    expect(apiEnvironment({ [smtp]: 'smtp://elsewhere' }, settings, servers)[smtp]).toBe('smtp://elsewhere')
  })
})
