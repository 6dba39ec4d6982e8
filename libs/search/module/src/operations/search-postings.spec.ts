import { randomUUID } from 'node:crypto'
import { anonymousCall } from '@cenopie/platform-testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { posting, startScene, titles, type Scene } from '../scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await startScene()
})
afterAll(() => scene.app.close())

const soon = new Date(Date.now() + 86_400_000).toISOString()

test('words in the title come before words in skills, those before words in the text; newer before older', async () => {
  const at = (day: number) => `2026-11-${String(day).padStart(2, '0')}T00:00:00.000Z`
  await scene.publish(posting({ title: 'Old falconer', publishedAt: at(1), expiresAt: soon }))
  await scene.publish(posting({ title: 'New falconer', publishedAt: at(9), expiresAt: soon }))
  await scene.publish(
    posting({ title: 'Skilled', skills: ['Falconer'], publishedAt: at(20), expiresAt: soon }),
  )
  await scene.publish(posting({ title: 'Told', description: 'A falconer helps.', expiresAt: soon }))
  expect(titles(await scene.postings('falconers'))).toEqual([
    'New falconer',
    'Old falconer',
    'Skilled',
    'Told',
  ])
  expect(titles(await scene.postings('falconer -helps'))).toEqual(['New falconer', 'Old falconer', 'Skilled'])
  expect(titles(await scene.postings('"old falconer" OR "a falconer"'))).toEqual(['Old falconer', 'Told'])
  expect(titles(await scene.postings('"falconer old"'))).toEqual([])
})

test('pages hold each posting once, in order, and a forged cursor is refused', async () => {
  for (let made = 0; made < 7; made += 1) {
    const description = made % 2 ? 'cooper' : ''
    await scene.publish(posting({ title: `${made % 2 ? 'Maker' : 'Cooper'} ${made}`, description }))
  }
  const all = titles(await scene.postings('cooper'))
  expect(all).toHaveLength(7)
  const paged: string[] = []
  let cursor: string | undefined
  do {
    const page = await scene.postings('cooper', { limit: 2, ...(cursor !== undefined && { cursor }) })
    paged.push(...titles(page))
    cursor = page.nextCursor
  } while (cursor !== undefined)
  expect(paged).toEqual(all)
  for (const forged of ['x', Buffer.from('[9,1,"a"]').toString('base64url')])
    await expect(scene.postings('cooper', { cursor: forged })).rejects.toMatchObject({
      code: 'invalid-input',
      errors: [{ field: 'cursor' }],
    })
})

test('misspelt words are corrected, and it says so', async () => {
  await scene.publish(posting({ title: 'Lighthouse keeper', skills: ['Python'] }))
  expect(await scene.postings('lihgthouse')).toMatchObject({
    items: [{ title: 'Lighthouse keeper' }],
    corrections: [{ typed: 'lihgthouse', used: 'lighthouse' }],
  })
  for (const typo of ['lighthose', 'lighthousse', 'lighthouze keepr', 'pyhton lighthouse'])
    expect(titles(await scene.postings(typo)), typo).toEqual(['Lighthouse keeper'])
  expect((await scene.postings('qqqqqqqqq')).items).toEqual([])
})

test('synonyms are found under each other', async () => {
  await scene.publish(posting({ title: 'SRE', description: 'Runs k8s on Node JS' }))
  for (const words of ['site reliability engineer', 'kubernetes sre', 'node.js sre'])
    expect(titles(await scene.postings(words)), words).toContain('SRE')
})

describe('filters and facets', () => {
  const company = randomUUID()
  const pay = { currency: 'EUR', min: 50_000, max: 60_000, period: 'year' } as const
  beforeAll(async () => {
    const base = { title: 'Glazier', companyId: company, companyName: 'Glass Works' }
    await scene.publish(
      posting({ ...base, workplace: 'remote', location: 'Paris, France', skills: ['Node.js'], pay }),
    )
    await scene.publish(
      posting({ ...base, workplace: 'remote', employment: 'contract', skills: ['NodeJS', 'Lead'] }),
    )
    await scene.publish(posting({ ...base, workplace: 'onsite', companyId: randomUUID(), skills: [] }))
  })
  const counted = async (filters: Parameters<Scene['postings']>[1]) =>
    (await scene.postings('glazier', filters)).found?.count

  test.each([
    [{}, 3],
    [{ workplace: ['remote'] }, 2],
    [{ workplace: ['remote', 'onsite'] }, 3],
    [{ employment: ['contract'] }, 1],
    [{ location: 'paris' }, 1],
    [{ location: 'France, Paris' }, 1],
    [{ location: 'Par' }, 0],
    [{ companyId: company }, 2],
    [{ skills: ['node js'] }, 2],
    [{ skills: ['nodejs', 'lead'] }, 1],
    [{ payMin: 55_000, payCurrency: 'EUR', payPeriod: 'year' }, 1],
    [{ payMin: 65_000, payCurrency: 'EUR', payPeriod: 'year' }, 0],
    [{ payMin: 1, payCurrency: 'EUR', payPeriod: 'hour' }, 0],
    [{ publishedSince: new Date().toISOString() }, 0],
  ] as const)('%j leaves %i', async (filters, count) => {
    expect(await counted(structuredClone(filters) as never)).toBe(count)
  })

  test('the same filters hold without any words', async () => {
    const page = await scene.postings('', { companyId: company, workplace: ['remote'], skills: ['node.js'] })
    expect(titles(page)).toEqual(['Glazier', 'Glazier'])
    expect((await scene.postings('-glazier', { companyId: company })).items).toEqual([])
  })

  test('each facet counts what the other filters leave', async () => {
    const { facets } = await scene.postings('glazier', { workplace: ['onsite'], employment: ['full-time'] })
    expect(facets?.workplace).toEqual([
      { value: 'onsite', count: 1 },
      { value: 'remote', count: 1 },
    ])
    expect(facets?.employment).toEqual([{ value: 'full-time', count: 1 }])
    const all = await scene.postings('glazier')
    expect(all.facets?.company).toContainEqual({ value: company, label: 'Glass Works', count: 2 })
    expect(all.facets?.skills[0]?.count).toBe(2)
  })

  test('an amount without its currency is refused by name', async () => {
    await expect(scene.postings('', { payMin: 1 })).rejects.toMatchObject({
      errors: [{ field: 'payCurrency' }],
    })
  })
})

test('what is over is not found: closed, or its date has come before the news of it', async () => {
  const closed = await scene.publish(posting({ title: 'Chandler closed' }))
  await scene.publish(
    posting({ title: 'Chandler expired', expiresAt: new Date(Date.now() - 1).toISOString() }),
  )
  await scene.close(closed)
  for (const query of ['chandler', '']) {
    const found = titles(await scene.postings(query, { limit: 50 }))
    expect(found.filter((title) => title.startsWith('Chandler'))).toEqual([])
  }
})

test('whatever is typed is answered', async () => {
  const pieces = [
    '"',
    "'",
    '-',
    '--',
    'OR',
    '|',
    '&',
    '!',
    '(',
    ')',
    ':*',
    '<->',
    '\\',
    '%',
    '_',
    '*',
    'a:b',
    'ĳ',
    '😀',
    '\u202e',
    'نص',
    '日本',
    'a'.repeat(90),
    '',
    ' ',
    "o'neil",
    'OR OR',
    '-"',
    '"-"',
    '\t',
    '\n',
    '$1',
    ';--',
    'null',
    '\u0301',
  ]
  let seed = 7
  const next = () => (seed = (seed * 48_271) % 2_147_483_647)
  for (let round = 0; round < 150; round += 1) {
    const q = Array.from({ length: next() % 8 }, () => pieces[next() % pieces.length])
      .join(next() % 2 ? ' ' : '')
      .slice(0, 300)
    if (!q.isWellFormed()) continue
    for (const index of ['postings', 'people'] as const) {
      const found =
        index === 'postings'
          ? scene.postings(q, { skills: [q.slice(0, 60) || 'x'] })
          : scene.app.client.searchPeople({ q }, anonymousCall())
      await expect(found, JSON.stringify(q)).resolves.toHaveProperty('items')
      if (q)
        await expect(
          scene.app.client.suggest({ q: q.slice(0, 100), in: index }, anonymousCall()),
        ).resolves.toBeTruthy()
    }
  }
}, 60_000)

test.each([
  ['q=' + 'x'.repeat(10_000), 'q'],
  ['q=a%00b', 'q'],
  ['limit=51', 'limit'],
  ['workplace=moon', 'workplace.0'],
  ['publishedSince=yesterday', 'publishedSince'],
  ['nonsense=1', 'nonsense'],
])('?%s is refused by name', async (query, field) => {
  const { status, body } = await scene.app.http({ method: 'GET', url: `/api/v1/search/postings?${query}` })
  expect({ status, body }).toMatchObject({ status: 400, body: { errors: [{ field }] } })
})

test('over HTTP filters repeat in the address', async () => {
  const url = '/api/v1/search/postings?q=glazier&workplace=remote&workplace=onsite&skills=nodejs'
  const { status, body } = await scene.app.http({ method: 'GET', url })
  expect(status).toBe(200)
  expect(body).toMatchObject({ found: { count: 2, complete: true } })
})

test('suggestions complete what is typed, and forgive slips', async () => {
  await scene.publish(
    posting({ title: 'Stonemason', companyName: 'Stone & Sons', skills: ['Stone carving'] }),
  )
  const suggest = async (q: string) =>
    (await scene.app.client.suggest({ q }, anonymousCall())).items.map(({ kind, text }) => `${kind}: ${text}`)
  expect((await suggest('stone')).toSorted()).toEqual([
    'company: Stone & Sons',
    'skill: Stone carving',
    'title: Stonemason',
  ])
  expect(await suggest('carv')).toEqual(['skill: Stone carving'])
  expect(await suggest('stonnemason')).toContain('title: Stonemason')
  expect(await suggest('%')).toEqual([])
})
