import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { MadeObject } from '../data/steps.ts'
import { purposeRules } from '../domain/purposes.ts'
import { makeImages, type ImageSink } from '../images/index.ts'
import { keyOf } from './inspect-file.ts'
import { madePrefix, type StepWork } from './step-context.ts'
import { localCopy } from './workshop.ts'

/** Every size and format of the purpose's plan, from pixels decoded once. */
export const makeImageVariants: StepWork = async ({ store }, file, { folder, signal, onProgress }) => {
  const rule = purposeRules[file.purpose]
  if (rule.kind !== 'image') throw new Error(`${file.purpose} is no purpose of pictures`)
  const path = await localCopy(store, keyOf(file), folder, signal)
  const objects = new Map<string, MadeObject>()
  const expected = rule.plan.sizes.length * rule.plan.formats.length
  const keep: ImageSink = async (name, bytes, { mediaType, width, height }) => {
    // What an older plan made is served until these take its place.
    const objectKey = `${madePrefix(file.id)}v${rule.plan.version}/${name}`
    await store.write(objectKey, Readable.from([bytes]), signal)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    objects.set(name, {
      ...{ name, objectKey, mediaType, bytes: bytes.length, sha256, width, height, listed: true },
    })
    onProgress(Math.min(99, (100 * objects.size) / expected))
  }
  const writing: Promise<void>[] = []
  const sink: ImageSink = (...variant) => {
    const kept = keep(...variant)
    writing.push(kept)
    return kept
  }
  const { blurhash, version, variants } = await makeImages(path, rule.plan, sink, { signal }).finally(() =>
    // Nothing is written any more once the step has ended, however it did.
    Promise.allSettled(writing),
  )
  // They were made at once: told by size, not by which was done first.
  const bySize = variants.toSorted((a, b) => a.width - b.width || a.name.localeCompare(b.name))
  const made = bySize.flatMap(({ name }) => objects.get(name) ?? [])
  return { found: { blurhash, planVersion: version }, made }
}
