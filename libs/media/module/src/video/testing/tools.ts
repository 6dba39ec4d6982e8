import { afterAll, vi } from 'vitest'
import { openVideoTools, type VideoTools } from '../index.ts'
import { clipFolder } from './clips.ts'

/** The tools and a folder of clips for the tests of a file; the folder is gone behind them. */
export async function toolsAndClips(): Promise<{
  tools: VideoTools
  clips: Awaited<ReturnType<typeof clipFolder>>
}> {
  // Each test runs several programs, which two busy processors start slowly.
  vi.setConfig({ testTimeout: 90_000 })
  const clips = await clipFolder()
  afterAll(() => clips[Symbol.asyncDispose]())
  return { tools: await openVideoTools(), clips }
}
