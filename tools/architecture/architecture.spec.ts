import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { canvas } from './canvas.ts'
import { staleDocuments, withSection } from './documents.ts'
import { callEdges, eventEdges } from './edges.ts'
import { mermaid } from './mermaid.ts'
import { readModules, type ModuleFacts } from './modules.ts'
import { table } from './table.ts'

const workspace = join(import.meta.dirname, '../..')
const nothing = {
  provides: [],
  streams: [],
  requires: [],
  publishes: [],
  consumes: [],
  tasks: [],
  schedules: [],
  settings: [],
}
const shelves: ModuleFacts = { ...nothing, name: 'shelves', requires: ['books', 'people'] }
const readers: ModuleFacts = {
  ...nothing,
  name: 'readers',
  consumes: [
    { event: 'books.book-lent', publisher: 'books', consumer: 'readers.remember' },
    { event: 'books.book-lent', publisher: 'books', consumer: 'readers.remind' },
  ],
}
const run = {
  topology: 'monolith',
  requests: { 'shelves.getShelf': 3, 'shelves.listShelves': 1, 'books.getBook': 100 },
  calls: [
    { caller: 'shelves', callee: 'books', operation: 'getBook', count: 8 },
    { caller: 'shelves', callee: 'books', operation: 'getCover', count: 4 },
    { caller: 'shelves', callee: 'people', operation: 'getPerson', count: 6 },
    { caller: 'rooms', callee: 'shelves', operation: 'getShelf', count: 2 },
  ],
}

describe('the documents of this workspace', () => {
  it('say what the code says', async () => {
    const stale = staleDocuments(workspace, await readModules())
    expect(
      stale.map(({ path }) => path),
      'npm run architecture -- --write brings them up to date',
    ).toEqual([])
  })
})

describe('a recorded run', () => {
  const [books, people] = callEdges([shelves], run)

  it('counts calls against everything that the caller answered', () => {
    const operations = { getBook: 8, getCover: 4 }
    expect(books?.measured).toEqual({ calls: 12, requests: 6, perRequest: 2, chatty: true, operations })
  })

  it('finds one call per request normal', () => {
    expect(people?.measured).toMatchObject({ calls: 6, perRequest: 1, chatty: false })
  })

  it('knows no ratio for a module that was never asked', () => {
    const [edge] = callEdges([{ ...shelves, name: 'robots', requires: ['books'] }], {
      ...run,
      calls: [{ caller: 'robots', callee: 'books', operation: 'getBook', count: 5 }],
    })
    expect(edge?.measured).toEqual({ calls: 5, requests: 0, chatty: false, operations: { getBook: 5 } })
  })

  it('shows in the flowchart and the table', () => {
    expect(mermaid([shelves], run).split('\n')).toContain('  shelves ==>|"2.00 per request"| books')
    expect(table([shelves], run)).toMatch(/shelves +books +12 +6 +2\.00 +chatty/)
  })
})

describe('an edge', () => {
  it('carries an event once, however many consumers it has', () => {
    expect(eventEdges([readers])).toEqual([
      { publisher: 'books', consumer: 'readers', events: ['books.book-lent'] },
    ])
    expect(mermaid([readers])).toContain('books -.->|1 event| readers')
  })
})

describe('a canvas', () => {
  const full: ModuleFacts = {
    ...readers,
    provides: [
      {
        operation: 'lendBook',
        access: 'user',
        method: 'POST',
        path: '/api/v1/readers/loans',
        summary: 'Lend a book',
        sunset: '2027-01-01',
      },
    ],
    streams: [
      {
        stream: 'readAloud',
        access: 'public',
        of: 'events',
        path: '/api/v1/readers/readings',
        summary: 'Have a book read aloud',
      },
    ],
    tasks: [
      {
        name: 'readers.send-letter',
        version: 2,
        attempts: 8,
        backoffSeconds: 2,
        timeoutSeconds: 60,
        concurrency: 4,
      },
    ],
    schedules: [{ name: 'tidy-up', everySeconds: 5400 }],
    settings: [
      { variable: 'CENOPIE_READERS_DAYS', description: 'Of a loan.', default: 30, secret: false },
      { variable: 'CENOPIE_READERS_KEY', description: 'Signs.', default: undefined, secret: true },
    ],
  }

  it.each([
    '<b>Provides 1 operation (1 for users)</b>',
    '| `lendBook` | users | `POST /api/v1/readers/loans` | Lend a book (deprecated, until 2027-01-01) |',
    '| `readAloud` | anybody | events | `/api/v1/readers/readings` | Have a book read aloud |',
    '**Requires** nobody.',
    '| `books.book-lent` | books | `readers.remind` |',
    '| `readers.send-letter@2` | 8 | 2 s | 1 min | 4 |',
    '| `tidy-up` | 90 min |',
    '| `CENOPIE_READERS_DAYS` | `30` | Of a loan. |',
    '| `CENOPIE_READERS_KEY` | secret | Signs. |',
  ])('says %s', (text) => {
    expect(canvas(full)).toContain(text)
  })

  it('leaves out what a module does not have', () => {
    expect(canvas(shelves)).not.toMatch(/Tasks|Schedules|Settings/)
  })

  it('replaces what stood between the markers and nothing else', () => {
    const written = withSection('# Readers\n\nProse.\n', 'old')
    const again = withSection(`${written}\nMore prose.\n`, 'new')
    expect(again).toBe(withSection('# Readers\n\nProse.\n', 'new') + '\nMore prose.\n')
    expect(withSection(again, 'new')).toBe(again)
  })
})
