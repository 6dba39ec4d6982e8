import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'

const local = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * Keeps a server of the loopback interface to those who work on this machine: pages of the web reach it neither through
 * a name that leads here (`Host`) nor by sending requests from a browser that may (`Origin`). With `password`, the user
 * `operator` has to show it.
 */
export function guard(server: FastifyInstance, password: string | undefined): void {
  const wanted = password === undefined ? undefined : digest(`Basic ${btoa(`operator:${password}`)}`)
  server.addHook('onRequest', async ({ headers }, reply) => {
    const host = headers.host ?? ''
    const foreign = headers.origin !== undefined && headers.origin !== `http://${host}`
    if (foreign || !local.has(host.replace(/:\d+$/, '')))
      return reply.code(403).send('Only from this machine.')
    if (wanted && !timingSafeEqual(wanted, digest(headers.authorization ?? '')))
      return reply.code(401).header('www-authenticate', 'Basic realm="queues"').send('Who are you?')
  })
}

const digest = (text: string) => createHash('sha256').update(text).digest()
