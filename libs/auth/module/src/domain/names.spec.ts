import { expect, test } from 'vitest'
import { normalEmail, slugOf } from './names.ts'

test('addresses differ by more than case', () => {
  expect(normalEmail(' Ada@Example.COM ')).toBe('ada@example.com')
})

test.each([
  ['Analytical Engines', 'analytical-engines'],
  ['  Café & Söhne GmbH!', 'cafe-sohne-gmbh'],
  ['日本', 'company'],
  ['x'.repeat(100), 'x'.repeat(60)],
  [`${'x'.repeat(59)} y`, 'x'.repeat(59)],
])('%s becomes %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug)
})
