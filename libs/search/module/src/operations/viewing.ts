import type { Actor } from '@cenopie/platform-contract'
import type { Audience } from '../domain/person-document.ts'

/** As whom somebody looks at people: which documents are theirs to search, and whose blocks count. */
export function viewing(actor: Actor): { audience: Audience; viewer: string | null } {
  return actor.kind === 'user'
    ? { audience: 'members', viewer: actor.id }
    : { audience: 'public', viewer: null }
}
