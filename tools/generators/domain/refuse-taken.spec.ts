import { join } from 'node:path'
import { FsTree } from 'nx/src/generators/tree'
import { expect, it } from 'vitest'
import { domainNames } from './names.ts'
import { refuseTaken } from './refuse-taken.ts'

const checkout = new FsTree(join(import.meta.dirname, '../../..'), false)

it.each([
  ['jobs', undefined, 'There is a domain jobs already'],
  ['company', 'branch', 'there is apps/e2e/src/journey/company.ts already'],
  ['api', 'key', 'there is apps/api already'],
  ['alerts', 'notification', 'has a type Notification already'],
])('domain %s with entity %s is refused', (domain, entity, message) => {
  expect(() => refuseTaken(checkout, domainNames(domain, entity))).toThrow(message)
})

it('a domain that nobody has is not', () => {
  expect(() => refuseTaken(checkout, domainNames('bookmarks'))).not.toThrow()
})
