import { expect, test } from 'vitest'
import { AnalysisError, type AnalysisInput } from '../../domain/analyst.ts'
import { verifyQuotes } from '../../domain/quotes.ts'
import { localAnalyst } from './index.ts'

const analyst = localAnalyst()
const question = 'Tell us about a time when a service you were responsible for became slow. What did you do?'
const criteria = [
  {
    id: 'diagnosis',
    name: 'Diagnosis',
    description: 'Finds the cause before changing things.',
    indicators: ['measures latency before acting', 'names the root cause', 'verifies the fix with a test'],
    weight: 2,
  },
  {
    id: 'outcome',
    name: 'Outcome',
    description: 'Reports what came of it.',
    indicators: ['measurable result', 'lesson learned', 'communicates with stakeholders'],
    weight: 1,
  },
]

const analyse = (answer: string, more: Partial<AnalysisInput> = {}) =>
  analyst.analyse(
    { question, answer, language: 'en', criteria, ...more },
    { signal: new AbortController().signal, idempotencyKey: 'a1' },
  )
const overall = async (answer: string) =>
  (await analyse(answer)).criteria.reduce(
    (sum, { score }, at) => sum + score * (criteria[at]?.weight ?? 0),
    0,
  ) / 3

const strong =
  'In March 2024 our checkout service at Acme became slow during the spring sale: p95 latency rose from 200 ms to 1.8 s. ' +
  'Before I changed anything I measured latency per endpoint with tracing. The root cause was an N+1 query, because a new ' +
  'feature loaded every discount separately. I wrote a load test that reproduced it, replaced the loop by one query and ' +
  'then verified the fix with the same test. As a result p95 fell to 180 ms and we saved 12% of the database cost. ' +
  'I presented the findings to the stakeholders in a short meeting. The lesson I learned: we now run that load test in ' +
  'every release, and I added an alert at 400 ms.'

/** Written by hand, from weak to strong. */
const ladder = [
  '',
  'I do not know.',
  'I would probably just look into it somehow and things usually get better, I think, with some effort from everyone.',
  'A service was slow once. I looked at the logs and talked with my team, and then we fixed some queries. After that it was fine again and people were happy with the service.',
  'Last year our search service was slow. I checked the database and found that an index was missing, which was the root cause. I added the index and the latency went down. I told my manager about it. It was a good result and users stopped complaining about the slow pages after that.',
  'Last year our search service became slow after a release. First I measured the latency of each query, and the root cause was a missing index. I added the index on a copy and tested the fix there. Then I released it and latency dropped from 900 ms to 120 ms. I explained the result to the support team.',
  strong,
]

test('orders seven answers from weak to strong as a person would', async () => {
  const scores = await Promise.all(ladder.map(overall))
  expect(scores).toEqual(scores.toSorted((a, b) => a - b))
  expect(scores[0]).toBe(0)
  expect(scores[1]).toBeLessThanOrEqual(1)
  expect(scores[3]).toBeGreaterThan(0)
  expect(scores.at(-1)).toBeGreaterThanOrEqual(3.5)
  expect(new Set(scores).size).toBeGreaterThanOrEqual(5)
})

test('gives one score per criterion in the order asked, each quote literally in the answer', async () => {
  const { criteria: scored, summary } = await analyse(strong)
  expect(scored.map(({ criterionId }) => criterionId)).toEqual(['diagnosis', 'outcome'])
  for (const { quotes, rationale } of scored) {
    expect(quotes.length).toBeGreaterThan(0)
    expect(verifyQuotes(strong, quotes)).toHaveLength(quotes.length)
    for (const { text } of quotes) expect(strong).toContain(text)
    expect(rationale).toMatch(/^Met: “/)
  }
  expect(scored[0]?.rationale).toContain('“names the root cause”')
  expect(summary).toContain('was not judged')
})

test('gives the same answer the same result', async () => {
  expect(await analyse(strong)).toEqual(await analyse(strong))
})

test.each([
  ['', 'The answer is empty.'],
  ['  \n ', 'The answer is empty.'],
  ['No idea, sorry.', 'With 3 words there is nothing to assess.'],
])('scores %j with 0 and says why', async (answer, reason) => {
  const { criteria: scored, summary } = await analyse(answer)
  expect(scored.map(({ score }) => score)).toEqual([0, 0])
  expect(scored.map(({ rationale }) => rationale)).toEqual([reason, reason])
  expect(summary).toBe(reason)
})

test('what was not done is no evidence', async () => {
  const done =
    'When the service was slow I measured latency first, I found the root cause in a lock, and I verified the fix with a load test on Friday.'
  const denied =
    'When the service was slow I never measured latency first, I did not find the root cause in a lock, and I never verified the fix with a load test.'
  const [yes, no] = await Promise.all([analyse(done), analyse(denied)])
  expect(yes.criteria[0]?.score).toBeGreaterThan(no.criteria[0]?.score ?? 4)
  expect(no.criteria[0]?.rationale).toContain('Not found: “measures latency before acting”')
})

test('a list of the right words scores below an account that uses them', async () => {
  const words =
    'Latency, measures, root cause, fix, test, verifies, measurable result, lesson learned, stakeholders.'
  expect(await overall(words)).toBeLessThanOrEqual(1)
})

test('saying the question back is no answer to it', async () => {
  const answer =
    'I measured latency, I named the root cause, and I verified the fix with a test. ' +
    'It went quite well and I enjoyed all of it, as did everybody else who was there with me at that time.'
  const told = await analyse(answer)
  const echoed = await analyse(answer, {
    question: 'How did you measure latency, name the root cause and verify the fix with a test?',
  })
  expect(told.criteria[0]?.score).toBeGreaterThanOrEqual(3)
  expect(echoed.criteria[0]?.score).toBeLessThanOrEqual(1)
})

test('one sentence said many times earns no more than once', async () => {
  const once = 'Last year I measured the latency of our slow service and the result was a fix that we tested.'
  expect(await overall(`${once} `.repeat(6))).toBe(await overall(once))
})

test('a longest answer is still read, and its quotes are kept short', async () => {
  const endless = `I measured latency and ${'then I wrote another paragraph about the root cause and '.repeat(150)}done`
  const { criteria: scored } = await analyse(endless)
  const texts = scored.flatMap(({ quotes }) => quotes.map(({ text }) => text))
  expect(texts.length).toBeGreaterThan(0)
  for (const text of texts) {
    expect(text.length).toBeLessThanOrEqual(400)
    expect(endless).toContain(text)
  }
})

test('reads a criterion without indicators by its name and description', async () => {
  const bare = [
    { ...criteria[0], id: 'c', name: 'Latency', description: 'Root cause found', indicators: [], weight: 1 },
  ]
  expect((await analyse(strong, { criteria: bare })).criteria[0]?.score).toBeGreaterThanOrEqual(3)
})

test.each([
  ['another language', 'Wir haben die Latenz gemessen.', 'de'],
  [
    'another language under an English tag',
    'Im letzten Jahr wurde unser Dienst sehr langsam, und ich habe zuerst die Latenz gemessen, danach die Ursache gefunden und schließlich den Fehler behoben.',
    'en-GB',
  ],
  [
    'Spanish under an English tag',
    'El año pasado nuestro servicio se volvió muy lento, así que medí la latencia de cada consulta, encontré la causa y después corregí el problema con mi equipo.',
    'en',
  ],
])('refuses %s instead of scoring nonsense', async (_, answer, language) => {
  const refusal = analyse(answer, { language })
  await expect(refusal).rejects.toBeInstanceOf(AnalysisError)
  await expect(refusal).rejects.toMatchObject({ reason: 'language-unsupported', retryable: false })
})

test('names the model and the formula that scored', () => {
  expect(analyst).toMatchObject({
    name: 'local',
    model: expect.stringMatching(/^wink-eng-lite-web-model@\d+\.\d+\.\d+$/),
    promptVersion: 'lexical-2',
  })
})

test('speech without full stops is quoted clause by clause, and a "not" denies its own clause alone', async () => {
  const answer =
    'two people on my team did not agree about the plan and i asked both of them to write down what they needed we met ' +
    'the next day and talked about the problem i listened to both sides and we compared the two plans in the end we saw ' +
    'that the team agreed to take the simple plan'
  const [collaboration] = criteria.slice(0, 1).map((one) => ({ ...one, indicators: ['team agreed'] }))
  const { criteria: scores } = await analyse(answer, { criteria: collaboration ? [collaboration] : [] })
  const quotes = verifyQuotes(answer, scores[0]?.quotes ?? [])
  expect(scores[0]?.rationale).toContain('Met: “team agreed”')
  expect(quotes.map(({ text }) => text)).toContain('we saw that the team agreed to take the simple plan')
  for (const { text } of quotes) expect(text.length).toBeLessThan(answer.length / 2)
})
