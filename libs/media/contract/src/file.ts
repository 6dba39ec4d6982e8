import { id, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { fileOwner } from './owner.ts'
import { purpose } from './purpose.ts'
import { alt, byteCount, filename, mediaType, sha256 } from './text.ts'

export const fileStatus = z.enum(['uploading', 'processing', 'ready', 'failed', 'erased'])
export type FileStatus = z.output<typeof fileStatus>

/** The steps a file goes through; which of them follows from what it is. */
export const stepNames = ['store', 'inspect', 'images', 'transcode', 'poster', 'stream', 'speech'] as const
export const stepName = z.enum(stepNames)
export type StepName = z.output<typeof stepName>

/** Why a step failed: a stable code, and a sentence for the person whose file it is. */
export const failure = z.object({
  code: z.string().max(60),
  reason: z.string().max(500),
  retryable: z.boolean().describe('Whether trying again may help; otherwise the file itself is the reason.'),
})
export type Failure = z.output<typeof failure>

export const step = z
  .object({
    name: stepName,
    status: z.enum(['waiting', 'running', 'done', 'failed']),
    percent: z.int().min(0).max(100).optional().describe('While it runs, where that is known.'),
    failure: failure.optional(),
  })
  .meta({ id: 'FileStep' })
export type Step = z.output<typeof step>

/** One of the files made of what was uploaded; the parts of a stream are reached through its playlist. */
const renditionFacts = {
  name: z.string().max(100),
  mediaType,
  bytes: byteCount,
  width: z.int().min(1).optional(),
  height: z.int().min(1).optional(),
}
export const rendition = z.object({ ...renditionFacts, sha256, url: z.string().max(2048) }).meta({
  id: 'Rendition',
  description: 'The address works until it expires; relative links in it inherit that.',
})
export type Rendition = z.output<typeof rendition>

/** Without an address: for other modules, which sign what they show. */
export const renditionFact = z.object(renditionFacts).meta({ id: 'RenditionFact' })
export type RenditionFact = z.output<typeof renditionFact>

/** What is known of a file once it was looked at. */
const facts = {
  mediaType: mediaType.optional().describe('By content, whatever the upload called it.'),
  bytes: byteCount,
  sha256: sha256.optional(),
  width: z.int().min(1).optional(),
  height: z.int().min(1).optional(),
  seconds: z.number().min(0).optional(),
  blurhash: z.string().max(200).optional(),
}

/** A file as its uploader sees it. */
export const file = z
  .object({
    id,
    status: fileStatus,
    purpose,
    filename,
    alt,
    ...facts,
    createdAt: timestamp,
    steps: z.array(step),
    renditions: z.array(rendition),
  })
  .meta({ id: 'File' })
export type File = z.output<typeof file>

/** Where the processing of a file stands; told again whenever it changes. */
export const fileProgress = z
  .object({ status: fileStatus, steps: z.array(step) })
  .meta({ id: 'FileProgress' })
export type FileProgress = z.output<typeof fileProgress>

/** What other modules may know of a file. */
export const fileFacts = z
  .object({
    id,
    status: fileStatus,
    purpose: purpose.optional().describe('Not of an erased file; nothing below is.'),
    owner: fileOwner.optional(),
    userId: id.optional().describe('Who uploaded it, if that was a user.'),
    companyId: id.optional(),
    filename: filename.optional(),
    alt: alt.optional(),
    ...facts,
    failure: failure.optional(),
    renditions: z.array(renditionFact),
  })
  .meta({ id: 'FileFacts' })
export type FileFacts = z.output<typeof fileFacts>
