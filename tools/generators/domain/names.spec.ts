import { expect, test } from 'vitest'
import { domainNames } from './names.ts'

test.each([
  ['notes', undefined, 'note', 'notes', '/api/v1/notes'],
  ['replies', undefined, 'reply', 'replies', '/api/v1/replies'],
  ['boxes', undefined, 'box', 'boxes', '/api/v1/boxes'],
  ['billing', undefined, 'billing-item', 'billing-items', '/api/v1/billing/billing-items'],
  ['alerts', 'saved-search', 'saved-search', 'saved-searches', '/api/v1/alerts/saved-searches'],
])('domain %s with entity %s', (domain, given, file, files, path) => {
  expect(domainNames(domain, given)).toMatchObject({ domain, file, files, path })
})

test('an entity of two words has a name for every place', () => {
  expect(domainNames('alerts', 'saved-search')).toMatchObject({
    ...{ entity: 'savedSearch', Entity: 'SavedSearch', entities: 'savedSearches', Entities: 'SavedSearches' },
    ...{ table: 'saved_search', words: 'saved search', manyWords: 'saved searches', a: 'a' },
  })
  expect(domainNames('offers')).toMatchObject({ a: 'an', A: 'An' })
})

test.each(['', 'N', 'Notes', 'talent-pools', 'talent_pools', '1st', '../x', 'a'.repeat(31)])(
  '"%s" is no name of a domain',
  (name) => expect(() => domainNames(name)).toThrow('cannot name a domain: one word'),
)

test.each(['platform', 'public', 'log', 'database', 'internal', 'health', 'events', 'switch', 'data'])(
  '"%s" is reserved',
  (name) => expect(() => domainNames(name)).toThrow('is reserved'),
)

test.each(['', 'Note', 'saved search', 'x-', '-x'])('"%s" is no name of an entity', (entity) =>
  expect(() => domainNames('alerts', entity)).toThrow('cannot name an entity'),
)

test('an entity is not called like its domain', () => {
  expect(() => domainNames('alerts', 'alerts')).toThrow('name it with --entity')
})
