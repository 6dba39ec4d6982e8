import { basename } from 'node:path'
import type { Transcriber } from '../../domain/transcriber.ts'
import { withNamelessFile } from '../audio/nameless-file.ts'
import { bytesPerSecond } from '../audio/pcm.ts'
import { chunkedTranscriber } from '../chunked.ts'
import type { TranscriberConfig } from '../config.ts'
import { programFailed, run } from '../program/run.ts'
import { findModels, installedVersion, program } from './installation.ts'
import { parseOutput } from './output.ts'

/** Seconds: its lattice, and so its memory, grows with the utterance. */
const longestChunk = 30

/** CPU seconds for each second of speech, and to load the models; it takes about a third, and half a second. */
const patience = { perSecond: 5, atLeast: 30 }

/**
 * Debian's pocketsphinx: on this machine, no network, no cost. It knows the 130,000 words of its dictionary and no
 * names; clear speech it gets mostly right, a noisy room it does not, and says so by its confidence.
 */
export function pocketsphinxTranscriber(config: TranscriberConfig): Transcriber {
  const args = [
    // Its own removal of silence shifts the times of words: https://github.com/cmusphinx/pocketsphinx/issues/73
    ...['-infile', '/dev/stdin', '-time', 'yes', '-remove_silence', 'no', '-logfn', '/dev/null'],
    // Its default of 30,000 costs twice the time on clear speech and more on noise, and hears nothing better.
    ...['-maxhmmpf', '3000'],
    ...['-hmm', config.pocketsphinxAcousticModel],
    ...['-lm', config.pocketsphinxLanguageModel],
    ...['-dict', config.pocketsphinxDictionary],
  ]
  const recogniser = {
    engine: 'pocketsphinx',
    longestChunk,
    unsupported(language: string) {
      if (language === config.pocketsphinxLanguage) return undefined
      return `The language "${language}" cannot be written: pocketsphinx has a model of "${config.pocketsphinxLanguage}" here.`
    },
    async version(signal: AbortSignal) {
      await findModels(config)
      return `${await installedVersion(signal)} ${basename(config.pocketsphinxLanguageModel)}`
    },
    async hear(pcm: Uint8Array, language: string, { signal }: { signal: AbortSignal }) {
      const cpuSeconds = patience.atLeast + (patience.perSecond * pcm.length) / bytesPerSecond
      const memoryBytes = config.pocketsphinxMemoryMb * 1024 ** 2
      const ended = await withNamelessFile(async (input) => {
        await input.write(pcm)
        const limits = { wallSeconds: cpuSeconds * 4, cpuSeconds, memoryBytes, outputBytes: 0 }
        return run(program, { args, limits, signal, input })
      })
      if (ended.code !== 0) throw programFailed(program, ended)
      return parseOutput(ended.text, language)
    },
  }
  return chunkedTranscriber(recogniser, config.transcriberMaxSeconds)
}
