import type { FastifyInstance } from 'fastify'
import type { BoundContent, BoundFeed, BoundProtocol, BoundStream } from '../../stream.ts'
import type { VerifyUser } from '../identify.ts'
import { mountContent } from './content.ts'
import { mountFeed } from './feed.ts'
import type { Feeds } from './feeds.ts'
import { mountProtocol } from './protocol.ts'

export interface StreamOptions {
  user: VerifyUser
  /** Until the first byte. */
  requestMs: number
  /** How long the other side of a stream may be silent. */
  idleMs: number
  feeds: Feeds
}

/** Mounts one stream for the outside. */
export function mountStream(server: FastifyInstance, bound: BoundStream, options: StreamOptions): void {
  const { kind } = bound.stream
  if (kind === 'content') mountContent(server, bound as BoundContent, options)
  else if (kind === 'feed') mountFeed(server, bound as BoundFeed, options)
  else mountProtocol(server, bound as BoundProtocol, options)
}
