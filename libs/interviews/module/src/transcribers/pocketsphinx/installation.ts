import { access } from 'node:fs/promises'
import { TranscriptionError } from '../../domain/transcriber.ts'
import type { TranscriberConfig } from '../config.ts'
import { installLine } from '../program/missing.ts'
import { run } from '../program/run.ts'

export const program = 'pocketsphinx_continuous'

/** Rejects with `program-missing`, and how to install them, when the models are not where they should be. */
export async function findModels(config: TranscriberConfig): Promise<void> {
  const { pocketsphinxAcousticModel, pocketsphinxLanguageModel, pocketsphinxDictionary } = config
  for (const path of [
    `${pocketsphinxAcousticModel}/mdef`,
    pocketsphinxLanguageModel,
    pocketsphinxDictionary,
  ]) {
    await access(path).catch((cause: unknown) => {
      const message = `The speech model ${path} is missing.${installLine(program)}`
      throw new TranscriptionError('program-missing', message, { cause })
    })
  }
}

/** The version of Debian's package: the program itself tells none. `unknown` where it came another way. */
export async function installedVersion(signal: AbortSignal): Promise<string> {
  const limits = { wallSeconds: 10, cpuSeconds: 5, memoryBytes: 512 * 1024 ** 2, outputBytes: 0 }
  const args = ['--show', '--showformat=${Version}', 'pocketsphinx']
  try {
    const { text, code } = await run('dpkg-query', { args, limits, signal })
    return code === 0 && text !== '' ? text : 'unknown'
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof TranscriptionError) return 'unknown'
    throw error
  }
}
