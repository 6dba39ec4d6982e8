import { join } from 'node:path'
import type { FileRow } from '../data/file-row.ts'
import type { MadeObject } from '../data/steps.ts'
import type { MediaFacts } from '../video/index.ts'
import { keyOf, videoTools } from './inspect-file.ts'
import { keepMade } from './keep-made.ts'
import { madePrefix, type StepRun, type StepWork, type Works } from './step-context.ts'
import { localCopy } from './workshop.ts'

/** What is served: everything else is made of it, so that all of it has one timeline. */
const served = (file: FileRow) => (file.kind === 'audio' ? 'audio.m4a' : 'video.mp4')

/** One form that every browser plays and seeks in. */
export const transcode: StepWork = async (works, file, run) => {
  if (!file.facts) throw new Error(`file ${file.id} was never inspected`)
  const { folder, signal, onProgress } = run
  const source = await localCopy(works.store, keyOf(file), folder, signal)
  const name = served(file)
  const output = join(folder, name)
  const { facts, ...made } = await videoTools(works).transcode(source, output, file.facts, {
    signal,
    onProgress,
  })
  return {
    found: { transcoded: facts, seconds: facts.seconds, ...sizeOf(made) },
    made: [await keepMade(works, file.id, { ...made, name }, signal)],
  }
}

export const makePoster: StepWork = async (works, file, run) => {
  const { input, facts } = await transcoded(works, file, run)
  const poster = await videoTools(works).poster(input, join(run.folder, 'poster.jpg'), facts, options(run))
  return { made: [await keepMade(works, file.id, { ...poster, name: 'poster.jpg' }, run.signal)] }
}

/** HLS: only the main playlist is told of, the rest is reached through it. */
export const makeStream: StepWork = async (works, file, run) => {
  const { input, facts } = await transcoded(works, file, run)
  const folder = join(run.folder, 'stream')
  const { main, files } = await videoTools(works).hls(input, folder, facts, options(run))
  const made: MadeObject[] = []
  for (const { name, mediaType, bytes } of files) {
    const one = { path: join(folder, name), name, mediaType, bytes, listed: name === main }
    made.push(await keepMade(works, file.id, one, run.signal))
  }
  return { made }
}

/** Sound for transcription, and its picture. */
export const makeSpeech: StepWork = async (works, file, run) => {
  const { input, facts } = await transcoded(works, file, run)
  const tools = videoTools(works)
  const speech = await tools.speechAudio(input, join(run.folder, 'speech.wav'), facts, options(run))
  const waveform = await tools.waveform(input, join(run.folder, 'waveform.json'), facts, {
    signal: run.signal,
  })
  return {
    made: [
      await keepMade(works, file.id, { ...speech, name: 'speech.wav' }, run.signal),
      await keepMade(works, file.id, { ...waveform, name: 'waveform.json' }, run.signal),
    ],
  }
}

async function transcoded(
  { store }: Works,
  file: FileRow,
  { folder, signal }: StepRun,
): Promise<{ input: string; facts: MediaFacts }> {
  if (!file.transcoded) throw new Error(`file ${file.id} was never transcoded`)
  const input = await localCopy(store, `${madePrefix(file.id)}${served(file)}`, folder, signal)
  return { input, facts: file.transcoded }
}

const options = ({ signal, onProgress }: StepRun) => ({ signal, onProgress })

const sizeOf = ({ width, height }: { width?: number; height?: number }) => ({
  ...(width !== undefined && { width }),
  ...(height !== undefined && { height }),
})
