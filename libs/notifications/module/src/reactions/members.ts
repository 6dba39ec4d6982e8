import { authEvents } from '@cenopie/auth-contract'
import type { EventEnvelope } from '@cenopie/platform-contract'
import { react } from '@cenopie/platform-outbox'
import { changeMember } from './announce.ts'
import type { Deliver } from './deliver.ts'

/** Our own list of who belongs to which company. */
export function memberReactions(deliver: Deliver) {
  return [
    react(authEvents.companyCreated, 'know-owner', (event, tx, call) => {
      const { companyId, ownerId } = event.payload
      return changeMember(tx, call, deliver, { companyId, userId: ownerId, role: 'owner', ...at(event) })
    }),
    react(authEvents.memberJoined, 'know-member', (event, tx, call) =>
      changeMember(tx, call, deliver, { ...event.payload, ...at(event) }),
    ),
    react(authEvents.memberRoleChanged, 'know-role', (event, tx, call) =>
      changeMember(tx, call, deliver, { ...event.payload, ...at(event) }),
    ),
    react(authEvents.memberRemoved, 'forget-member', (event, tx, call) =>
      changeMember(tx, call, deliver, { ...event.payload, role: null, ...at(event) }),
    ),
  ]
}

const at = ({ entity, occurredAt }: EventEnvelope) => ({
  version: entity.version,
  occurredAt: new Date(occurredAt),
})
