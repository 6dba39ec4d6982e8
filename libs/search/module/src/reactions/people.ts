import { react } from '@cenopie/platform-outbox'
import { memberBlocked, memberUnblocked, profileErased, profileUpdated } from '@cenopie/users-contract'
import { intoEach } from '../data/generations.ts'
import { erased } from '../data/tables.ts'
import { writeBlocks, writePeople } from '../data/writes.ts'

export const peopleReactions = [
  react(profileUpdated, 'search.profile-updated', async ({ entity, payload }, tx) =>
    intoEach(tx, 'people', (table) => writePeople(tx, table, [{ ...entity, facts: payload }])),
  ),
  react(profileErased, 'search.profile-erased', async ({ entity }, tx) =>
    intoEach(tx, 'people', (table) => writePeople(tx, table, [{ id: entity.id, version: erased }])),
  ),
  react(memberBlocked, 'search.member-blocked', async ({ entity, payload }, tx) =>
    intoEach(tx, 'blocks', (table) =>
      writeBlocks(tx, table, [{ ...payload, version: entity.version, stands: true }]),
    ),
  ),
  react(memberUnblocked, 'search.member-unblocked', async ({ entity, payload }, tx) =>
    intoEach(tx, 'blocks', (table) =>
      writeBlocks(tx, table, [{ ...payload, version: entity.version, stands: false }]),
    ),
  ),
]
