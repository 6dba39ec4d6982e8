import { expect, test } from 'vitest'
import { providerNotices } from './provider-notices.ts'

const settings = {
  analystAskNotToStore: true,
  analystRetention: 'Logs for 30 days.',
  transcriberRetention: 'Nothing.',
}
const analyst = { role: 'analyst', name: 'openai-compatible', model: 'm1' } as const
const transcriber = { role: 'transcriber', name: 'openai-compatible', model: 'whisper-1' } as const

test('what runs here is no provider; what cannot be asked is not said to have been', () => {
  const here = [
    { role: 'analyst', name: 'local', model: 'lexicon' },
    { role: 'transcriber', name: 'pocketsphinx', model: 'en-us' },
  ] as const
  expect(providerNotices([...here, analyst, transcriber], settings)).toEqual([
    { ...analyst, askedNotToStore: true, retention: 'Logs for 30 days.' },
    { ...transcriber, askedNotToStore: false, retention: 'Nothing.' },
  ])
  expect(providerNotices([analyst], { ...settings, analystAskNotToStore: false })).toMatchObject([
    { askedNotToStore: false },
  ])
})
