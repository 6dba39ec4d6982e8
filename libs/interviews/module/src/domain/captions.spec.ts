import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { speechFolder } from '../testing/speech.ts'
import { webVtt } from './captions.ts'

const execute = promisify(execFile)
const folder = await speechFolder()
afterAll(() => folder.remove())

const said = (text: string, start: number, end = start + 0.4) => ({ text, start, end })
const spoken = (text: string, from = 0, each = 0.4) =>
  text.split(' ').map((word, at) => said(word, from + at * each, from + at * each + 0.3))

/** What ffmpeg's WebVTT demuxer reads: `[start, end, text]` of each cue, in milliseconds. */
async function readBack(words: Parameters<typeof webVtt>[0]) {
  const path = join(folder.path, 'captions.vtt')
  await writeFile(path, webVtt(words))
  const args = ['-v', 'error', '-i', path, '-show_entries', 'packet=pts_time,duration_time', '-of', 'json']
  const { packets } = JSON.parse((await execute('ffprobe', args)).stdout) as {
    packets: { pts_time: string; duration_time: string }[]
  }
  const srt = (await execute('ffmpeg', ['-v', 'error', '-i', path, '-f', 'srt', 'pipe:1'])).stdout.replaceAll(
    '\r',
    '',
  )
  const texts = srt
    .trim()
    .split(/\n\n/)
    .map((block) => block.split('\n').slice(2).join('\n'))
  const ms = (seconds: string) => Math.round(Number(seconds) * 1000)
  return packets.map(({ pts_time, duration_time }, at) => {
    const start = ms(pts_time)
    return [start, start + ms(duration_time), texts[at]]
  })
}

test('captions are read back with their words and times', async () => {
  expect(
    await readBack([...spoken('so I took responsibility'), ...spoken('and we fixed it', 3601.25)]),
  ).toEqual([
    [0, 1500, 'so I took responsibility'],
    [3_601_250, 3_602_750, 'and we fixed it'],
  ])
})

test('a caption has two lines of 42 characters and seven seconds at most, and loses no word', async () => {
  const text = Array.from({ length: 60 }, (_, at) => `word${at}`).join(' ')
  const cues = await readBack(spoken(text))
  for (const [start, end, shown] of cues as [number, number, string][]) {
    expect(end - start).toBeLessThanOrEqual(7000)
    expect(shown.split('\n').length).toBeLessThanOrEqual(2)
    for (const line of shown.split('\n')) expect(line.length).toBeLessThanOrEqual(42)
  }
  expect(cues.map(([, , shown]) => String(shown).replace('\n', ' ')).join(' ')).toBe(text)
})

test('nothing that is said is markup, a cue of its own, or the end of one', async () => {
  const hostile = ['<script>', 'a&b', '-->', '00:00.000', 'NOTE', '<00:00:01.000>', 'x\n\n1\n00:00:09.000']
  const vtt = webVtt(hostile.map((text, at) => said(text, at / 2)))
  expect(vtt.match(/-->/g)).toHaveLength(1)
  expect(vtt).not.toContain('<')
  expect(vtt.split('\n\n')).toHaveLength(2)
  // ffmpeg 5 knows neither stamps nor references inside a cue, so what it shows is as it stands in the file.
  expect(await readBack([said('a&b', 0), said('<b>', 0.5)])).toEqual([
    [0, 900, expect.stringMatching(/a&(amp;)?b/)],
  ])
})

test('a caption ends before the next begins, also where times overlap, stand still or go back', () => {
  const times = [
    ...webVtt([said('a', 5, 9), said('b', 10.5, 10.5), said('c', 12, 19), said('d', 11.9, 20)]).matchAll(
      /(\S+) --> (\S+)/g,
    ),
  ]
  const spans = times.map(([, start = '', end = '']) => [start, end])
  for (const [at, [start = '', end = '']] of spans.entries()) {
    expect(end > start).toBe(true)
    expect((spans[at + 1]?.[0] ?? end) >= start).toBe(true)
  }
  expect(webVtt([])).toBe('WEBVTT\n')
})
