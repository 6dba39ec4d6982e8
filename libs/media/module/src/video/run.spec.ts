import { spawn } from 'node:child_process'
import { chmod, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { bytesBelow } from '@cenopie/platform-programs'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { effortLimits, openVideoTools, type MediaFacts, type VideoTools } from './index.ts'
import { findPrograms } from './programs.ts'
import { run, type ToolRun } from './run.ts'
import { speechAudio } from './speech-audio.ts'
import { step } from './step.ts'
import { clipFolder, picture, tone } from './testing/clips.ts'
import { processesAbout, until } from './testing/processes.ts'
import { transcode } from './transcode.ts'

/** Each test runs several programs, which two busy processors start slowly. */
vi.setConfig({ testTimeout: 90_000 })

const clips = await clipFolder()
const limits = effortLimits.parse({})
const about = clips.path('')
let tools: VideoTools
let clip: string
let facts: MediaFacts
beforeAll(async () => {
  tools = await openVideoTools()
  clip = await clips.make('long.mp4', ...picture('s=160x120:r=15:d=40'), ...tone('d=40'), '-c:v', 'mpeg4')
  facts = await tools.probe(clip)
})
afterAll(() => clips[Symbol.asyncDispose]())

/** ffmpeg in the midst of writing the output, held still so that it cannot end by itself. */
async function held(name: string): Promise<number> {
  await until(() => bytesBelow(clips.path(`${name}.partial`)) > 0)
  const [pid = 0] = processesAbout(about, 'ffmpeg')
  process.kill(pid, 'SIGSTOP')
  return pid
}

async function nothingLeft(name: string): Promise<void> {
  await until(() => processesAbout(about, 'ffmpeg').length === 0)
  expect((await readdir(about)).filter((file) => file.startsWith(name))).toEqual([])
}

describe('a run that does not come to its end leaves no output and no process', () => {
  test('killed from outside: may be tried again', async () => {
    const made = tools.transcode(clip, clips.path('killed.mp4'), facts)
    const failed = expect(made).rejects.toMatchObject({ code: 'interrupted', retryable: true })
    process.kill(await held('killed.mp4'), 'SIGKILL')
    await failed
    await nothingLeft('killed')
    expect((await tools.transcode(clip, clips.path('killed.mp4'), facts)).seconds).toBeCloseTo(40, 0)
  })

  test('asked to end from outside, which ffmpeg does with a finished file', async () => {
    const made = tools.transcode(clip, clips.path('ended.mp4'), facts)
    const failed = expect(made).rejects.toMatchObject({ code: 'interrupted', retryable: true })
    const pid = await held('ended.mp4')
    process.kill(pid, 'SIGTERM')
    process.kill(pid, 'SIGCONT')
    await failed
    await nothingLeft('ended')
  })

  test('aborted: rejects with the reason', async () => {
    const aborting = new AbortController()
    const reason = new Error('The worker drains.')
    const made = tools.transcode(clip, clips.path('aborted.mp4'), facts, { signal: aborting.signal })
    const failed = expect(made).rejects.toBe(reason)
    await held('aborted.mp4')
    aborting.abort(reason)
    await failed
    await nothingLeft('aborted')
  })

  test('aborted before it began', async () => {
    const signal = AbortSignal.abort(new Error('Too late.'))
    await expect(tools.probe(clip, {}, { signal })).rejects.toThrow('Too late.')
  })

  test('over its time: may be tried again', async () => {
    const made = tools.transcode(clip, clips.path('late.mp4'), facts, { limits: { wallSeconds: 1 } })
    const failed = expect(made).rejects.toMatchObject({ code: 'timed-out', retryable: true })
    await held('late.mp4')
    await failed
    await nothingLeft('late')
  })

  test('left by a worker that was killed', async () => {
    const script = join(import.meta.dirname, 'testing/transcode-and-wait.ts')
    const worker = spawn(process.execPath, [script, clip, clips.path('orphan.mp4')], { stdio: 'ignore' })
    await held('orphan.mp4')
    worker.kill('SIGKILL')
    await until(() => processesAbout(about, 'ffmpeg').length === 0)
    expect(await readdir(about)).not.toContain('orphan.mp4')
  })
})

test.each(['with', 'without'])(
  'an output that grows too large is refused for good, %s prlimit',
  async (how) => {
    const programs = await findPrograms()
    const { prlimit: _, ...others } = programs.ffmpeg.confiners
    const ffmpeg = how === 'with' ? programs.ffmpeg : { ...programs.ffmpeg, confiners: others }
    const given = step({ ...programs, ffmpeg }, clip, facts, { ...limits, outputBytes: 8192 })
    await expect(transcode(given, clips.path('large.mp4'))).rejects.toMatchObject({
      code: 'output-too-large',
      retryable: false,
    })
    await nothingLeft('large')
  },
)

test('a write that fails at the end, which ffmpeg tells but calls a success, leaves no output', async () => {
  const programs = await findPrograms()
  // Deaf to the signal, it meets a failing write as on a full disk.
  const deaf = await clips.write('deaf', `#!/bin/sh\ntrap '' XFSZ\nexec ${programs.ffmpeg.path} "$@"\n`)
  await chmod(deaf, 0o700)
  const ffmpeg = { ...programs.ffmpeg, path: deaf }
  const given = step({ ...programs, ffmpeg }, clip, facts, { ...limits, outputBytes: 8192 })
  await expect(speechAudio(given, clips.path('full.wav'), 'wav')).rejects.toMatchObject({
    code: 'output-too-large',
  })
  await nothingLeft('full')
})

describe('what a run that was not called off failed by', () => {
  /** A program of the test's own in the place of ffmpeg. */
  const telling = async (script: string, given: Partial<ToolRun> = {}) => {
    const path = await clips.write('telling', `#!/bin/sh\n${script}\n`)
    await chmod(path, 0o700)
    const programs = await findPrograms()
    const ffmpeg = { ...programs.ffmpeg, path }
    return run({ ...programs, ffmpeg }, { program: 'ffmpeg', args: [], wallSeconds: 20, limits, ...given })
  }

  test.each([
    ['exit 3', 'damaged'],
    ['kill -SEGV $$', 'damaged'],
    ['kill -TERM $$', 'interrupted'],
    ['kill -XFSZ $$', 'output-too-large'],
    ['kill -XCPU $$', 'too-costly'],
    ['echo "av_interleaved_write_frame(): No space left on device" >&2; exit 1', 'no-space'],
    [
      'dd if=/dev/zero of=/dev/null bs=3G count=1 || { echo Cannot allocate memory >&2; exit 1; }',
      'too-costly',
    ],
  ])('%s', async (script, code) => {
    await expect(telling(script)).rejects.toMatchObject({ code })
  })

  test('more of the processor than it is given', async () => {
    const frugal = { limits: { ...limits, cpuSeconds: 1 } }
    await expect(telling('while :; do :; done', frugal)).rejects.toMatchObject({ code: 'too-costly' })
  })

  test('the end of its words is kept for the log', async () => {
    expect(await telling('echo heard >&2')).toMatch(/heard\n$/)
    await expect(telling('echo heard >&2; exit 1')).rejects.toMatchObject({
      log: expect.stringMatching(/heard\n$/),
    })
  })
})

test('without the programs the message says how to get them', async () => {
  await expect(openVideoTools({ ffmpeg: 'no-such-ffmpeg' })).rejects.toThrow('apt-get install ffmpeg')
  await expect(openVideoTools({ memoryBytes: 64 * 2 ** 20 })).rejects.toMatchObject({ code: 'tool-failed' })
  expect(tools.missing).toEqual([])
  const absent = { path: '/no/ffmpeg', confiners: {}, missing: [] }
  for (const ffmpeg of [absent, { ...absent, confiners: (await findPrograms()).ffmpeg.confiners }]) {
    const gone = run({ ffmpeg, ffprobe: ffmpeg }, { program: 'ffmpeg', args: [], wallSeconds: 20, limits })
    await expect(gone).rejects.toMatchObject({ code: 'tool-failed', retryable: true })
  }
})
