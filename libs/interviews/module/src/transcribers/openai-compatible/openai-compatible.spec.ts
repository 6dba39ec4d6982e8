import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import type { TranscriptionError, TranscriptionOptions } from '../../domain/transcriber.ts'
import { speechFolder } from '../../testing/speech.ts'
import { transcriberConfig, type TranscriberConfig } from '../config.ts'
import { createTranscriber } from '../create-transcriber.ts'

/** A peer that speaks the protocol over real HTTP: what it is to answer next, and what it was asked. */
type Answer = (response: ServerResponse) => void
let answers: Answer[] = []
let requests: { url: string | undefined; headers: IncomingHttpHeaders; form: FormData }[] = []
const server = createServer((request, response) => {
  void buffer(request).then(async (body) => {
    const type = request.headers['content-type'] ?? ''
    const form = await new Response(body, { headers: { 'content-type': type } }).formData()
    requests.push({ url: request.url, headers: request.headers, form })
    answers.shift()?.(response)
  })
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

const folder = await speechFolder()
/** Sound from 1 to 2 s and from 6 to 7 s of 10. */
const tones = "aevalsrc='0.5*sin(2*PI*300*t)*(between(t,1,2)+between(t,6,7))':d=10:s=48000"
const recording = await folder.make(
  'take.webm',
  ...['-f', 'lavfi', '-i', tones, '-c:a', 'libopus', '-metadata', 'title=Jo Candidate'],
)
const silence = await folder.make('silence.wav', '-f', 'lavfi', '-i', 'anullsrc=r=16000:cl=mono', '-t', '3')

beforeEach(() => {
  answers = []
  requests = []
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await folder.remove()
})

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => {
  const content = typeof body === 'string' ? body : JSON.stringify(body)
  return (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(content)
}
const word = (word: string, start: number, end: number) => ({ word, start, end })
const good = {
  task: 'transcribe',
  language: 'english',
  duration: 7,
  text: 'We measured it.',
  words: [word('We', 0.3, 0.5), word(' measured ', 0.5, 1.1), word('it', 5.4, 5.6)],
  segments: [
    {
      id: 0,
      start: 0,
      end: 2,
      text: 'We measured',
      avg_logprob: -0.2,
      no_speech_prob: 0.01,
      compression_ratio: 1.1,
    },
    { id: 1, start: 5, end: 7, text: 'it.', avg_logprob: -1.5, no_speech_prob: 0.2, compression_ratio: 1.1 },
  ],
}

const configured = (more: Partial<TranscriberConfig> = {}) =>
  z.object(transcriberConfig).parse({
    transcriber: 'openai-compatible',
    transcriberBaseUrl: `${origin}/v1`,
    transcriberApiKey: 'key-1',
    transcriberModel: 'whisper-1',
    ...more,
  })
const transcribe = async (
  more: Partial<TranscriberConfig> = {},
  path = recording,
  signal = new AbortController().signal,
  permit: TranscriptionOptions['permit'] = () => Promise.resolve(),
) =>
  (await createTranscriber(configured(more))).transcribe(
    { path, seconds: 10, language: 'en-GB' },
    { signal, idempotencyKey: 'entry-1', permit },
  )

test('sends the sound once as WAV and reads words, times and confidence', async () => {
  answers = [json(200, good)]
  const transcript = await transcribe()

  expect(transcript).toMatchObject({
    language: 'en-GB',
    engine: 'openai-compatible',
    engineVersion: 'whisper-1',
  })
  // The chunk starts 0.3 s before the first sound, at 0.7 s.
  const [first] = transcript.words
  expect(first?.start).toBeCloseTo(1, 1)
  expect(transcript.words.map(({ text }) => text)).toEqual(['We', 'measured', 'it'])
  expect(transcript.words.map(({ confidence }) => confidence)).toEqual([
    Math.exp(-0.2),
    Math.exp(-0.2),
    Math.exp(-1.5),
  ])
  expect(transcript.confidence).toBeCloseTo(0.8 * Math.exp(-0.2) + 0.2 * Math.exp(-1.5))

  expect(requests).toHaveLength(1)
  const [{ url, headers, form } = expect.fail('no request')] = requests
  expect(url).toBe('/v1/audio/transcriptions')
  expect(headers).toMatchObject({ authorization: 'Bearer key-1', 'idempotency-key': 'entry-1-0' })
  expect(form.get('model')).toBe('whisper-1')
  expect(form.get('language')).toBe('en')
  expect(form.get('response_format')).toBe('verbose_json')
  expect(form.getAll('timestamp_granularities[]')).toEqual(['word', 'segment'])
  const file = form.get('file') as File
  expect([file.name, file.type]).toEqual(['speech.wav', 'audio/wav'])
  const sent = Buffer.from(await file.arrayBuffer())
  expect(sent.toString('latin1')).not.toContain('Candidate')
  expect(sent.toString('latin1', 0, 4)).toBe('RIFF')
  expect((sent.length - 44) / 32_000).toBeCloseTo(6.6, 1)
})

test('sends in several requests what the provider does not take in one, with times of the whole', async () => {
  const part = (text: string) => json(200, { text, words: [word(text, 0.3, 0.8)] })
  answers = [part('first'), part('second')]
  const { words } = await transcribe({ transcriberMaxBytes: 100_000 })
  expect(words.map(({ text, start }) => [text, Math.round(start)])).toEqual([
    ['first', 1],
    ['second', 6],
  ])
  expect(requests.map(({ headers }) => headers['idempotency-key'])).toEqual(['entry-1-0', 'entry-1-1'])
  for (const { form } of requests) expect((form.get('file') as File).size).toBeLessThan(100_000)
})

test('sends no silence', async () => {
  expect(await transcribe({}, silence)).toMatchObject({ words: [] })
  expect(requests).toEqual([])
})

test.each<[string, object, object[]]>([
  ['without segments', { segments: undefined }, [{ text: 'hello', confidence: undefined }]],
  [
    'a text that repeats itself',
    { segments: [{ start: 0, end: 2, avg_logprob: -0.1, compression_ratio: 3 }] },
    [{ confidence: 0 }],
  ],
  [
    'what was made up for silence',
    { segments: [{ start: 0, end: 2, avg_logprob: -1.2, no_speech_prob: 0.9 }] },
    [],
  ],
  [
    'empty words and times that run backwards',
    { words: [word('b', 1, 0.5), word(' ', 0, 1), word('a', 0, 1)] },
    [{ text: 'a' }, { text: 'b' }],
  ],
  ['text that a database does not keep', { words: [word('a\0b\uD83D', 0, 1)] }, [{ text: 'ab\uFFFD' }]],
  [
    'times outside of what was sent',
    { words: [word('late', 900, 901)] },
    [{ text: 'late', start: 7.3, end: 7.3 }],
  ],
])('takes %s for what it is', async (_, more, words) => {
  answers = [json(200, { text: 'hello', words: [word('hello', 0.3, 0.8)], ...more })]
  const heard = (await transcribe()).words
  expect(heard).toHaveLength(words.length)
  for (const [at, { start, end, ...rest }] of heard.entries()) {
    expect({
      ...rest,
      confidence: rest.confidence,
      start: Math.round(start * 10) / 10,
      end: Math.round(end * 10) / 10,
    }).toMatchObject(words[at] ?? {})
    expect(end).toBeGreaterThanOrEqual(start)
  }
})

test('tries once more after 429, with the same idempotency key', async () => {
  answers = [json(429, { error: { message: 'slow down' } }, { 'retry-after-ms': '1' }), json(200, good)]
  expect((await transcribe()).words).toHaveLength(3)
  expect(requests.map(({ headers }) => headers['idempotency-key'])).toEqual(['entry-1-0', 'entry-1-0'])
})

const once = { 'retry-after-ms': '1' }
test.each<[string, Answer[], Partial<TranscriptionError>]>([
  [
    '500 twice',
    [json(500, 'boom', once), json(503, 'boom', once)],
    { reason: 'provider-unavailable', retryable: true, message: 'The provider answered 503.' },
  ],
  [
    'a wrong key',
    [json(401, { error: { message: 'key-1 we measured it' } })],
    { reason: 'provider-refused', retryable: false },
  ],
  ['a file too large', [json(413, 'too large')], { reason: 'provider-refused', retryable: false }],
  [
    'a redirect',
    [json(307, '', { location: 'https://elsewhere.example.com/' })],
    { reason: 'provider-refused', retryable: false },
  ],
  ['HTML instead', [json(200, '<html>')], { reason: 'malformed-result', retryable: true }],
  [
    'more words than anybody says',
    [json(200, { text: 'a', words: Array(20_001).fill(word('a', 0, 1)) })],
    { reason: 'malformed-result', retryable: true },
  ],
  ['another shape', [json(200, { words: [{ word: 1 }] })], { reason: 'malformed-result', retryable: true }],
  [
    'a model without times',
    [json(200, { text: 'We measured it.' })],
    { reason: 'provider-refused', retryable: false },
  ],
  [
    'a connection that breaks',
    [(response) => response.destroy(), (response) => response.destroy()],
    { reason: 'provider-unavailable', retryable: true },
  ],
])('says why it failed on %s, without a word of the answer or the key', async (_, script, failure) => {
  answers = [...script]
  const error = await transcribe().then(
    () => expect.fail('it did not fail'),
    (error: TranscriptionError) => error,
  )
  expect(error).toMatchObject({ name: 'TranscriptionError', ...failure })
  expect(JSON.stringify([error.message, error.cause, error.stack])).not.toMatch(/key-1|measured/)
  expect(requests).toHaveLength(script.length)
})

test('gives up on a provider that does not answer in time', async () => {
  answers = [() => undefined, () => undefined]
  await expect(transcribe({ transcriberTimeoutSeconds: 1 })).rejects.toMatchObject({
    reason: 'provider-unavailable',
    message: 'The provider took longer than allowed.',
  })
})

test('stops with the task', async () => {
  const task = new AbortController()
  const stopped = new Error('consent was withdrawn')
  answers = [() => task.abort(stopped)]
  await expect(transcribe({}, recording, task.signal)).rejects.toBe(stopped)
})

test('asks before each part of the sound, with what will hear it, and sends no more when it is refused', async () => {
  const withdrawn = new Error('consent was withdrawn')
  const asked: string[] = []
  const once = (model: string) => {
    asked.push(model)
    return asked.length > 1 ? Promise.reject(withdrawn) : Promise.resolve()
  }
  answers = [json(200, { text: 'first', words: [word('first', 0.3, 0.8)] })]
  const { signal } = new AbortController()
  await expect(transcribe({ transcriberMaxBytes: 100_000 }, recording, signal, once)).rejects.toBe(withdrawn)
  expect([asked, requests.length]).toEqual([['whisper-1', 'whisper-1'], 1])
})

test('sends nothing in a language that the provider is not trusted with', async () => {
  await expect(transcribe({ transcriberLanguages: 'de,fr' })).rejects.toMatchObject({
    reason: 'language-unsupported',
    retryable: false,
  })
  expect(requests).toEqual([])
})

test.each([
  ['plain HTTP to another machine', { transcriberBaseUrl: 'http://ai.example.com/v1' }],
  ['credentials in the address', { transcriberBaseUrl: 'https://user:pass@ai.example.com/v1' }],
  ['no model', { transcriberModel: '' }],
])('refuses to start with %s', (_, more) => {
  return expect(createTranscriber(configured(more))).rejects.toThrow(/^transcriber(BaseUrl|Model)/)
})
