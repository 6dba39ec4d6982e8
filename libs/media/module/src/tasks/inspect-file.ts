import { blobKey } from '../data/blobs.ts'
import { inspectDocument } from '../domain/document.ts'
import { purposeRules } from '../domain/purposes.ts'
import { StepError } from '../domain/step-error.ts'
import { stepsOf } from '../domain/steps.ts'
import { inspectImage } from '../images/index.ts'
import type { VideoTools } from '../video/index.ts'
import type { StepResult, StepWork, Works } from './step-context.ts'
import { localCopy } from './workshop.ts'
import type { FileRow } from '../data/file-row.ts'

/** Finds out what a file is, by its content alone, and refuses what its purpose does not allow. */
export const inspectFile: StepWork = async (works, file, { folder, signal }) => {
  const rule = purposeRules[file.purpose]
  // Where it is missing, gigabytes are not fetched for each try.
  if (rule.kind === 'recording') videoTools(works)
  const path = await localCopy(works.store, keyOf(file), folder, signal)
  if (rule.kind === 'image') {
    const { mediaType, width, height } = await inspectImage(path, rule.plan.limits)
    return { found: { kind: 'image', mediaType, width, height }, plan: stepsOf('image', false) }
  }
  if (rule.kind === 'document') return document(file, await inspectDocument(path))
  const maxSeconds = Math.min(file.maxSeconds ?? rule.limits.maxSeconds, rule.limits.maxSeconds)
  const facts = await videoTools(works).probe(path, { ...rule.limits, maxSeconds }, { signal })
  const { video, audio, mediaType, seconds } = facts
  const kind = video ? 'video' : 'audio'
  return {
    found: { kind, mediaType, seconds, facts, ...(video && { width: video.width, height: video.height }) },
    plan: stepsOf(kind, audio !== undefined),
  }
}

/** A document is served as it came, for saving: nothing is made of it. */
function document(file: FileRow, mediaType: string): StepResult {
  const { bytes, sha256 } = file
  if (sha256 === null) throw new Error(`file ${file.id} was never stored`)
  const objectKey = blobKey(sha256)
  return {
    found: { kind: 'document', mediaType },
    made: [{ name: 'original', objectKey, mediaType, bytes, sha256, listed: true }],
    plan: [],
  }
}

export function keyOf(file: FileRow): string {
  if (file.sha256 === null) throw new Error(`file ${file.id} was never stored`)
  return blobKey(file.sha256)
}

export function videoTools({ video }: Pick<Works, 'video'>): VideoTools {
  const tools = video()
  if (tools) return tools
  throw new StepError('video-unavailable', 'Video and sound cannot be processed here at the moment.', {
    retryable: true,
  })
}
