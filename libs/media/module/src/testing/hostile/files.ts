import { randomBytes } from 'node:crypto'
import type { Purpose } from '@cenopie/media-contract'
import sharp from 'sharp'
import { mutated, seeded } from '../../images/testing/mutations.ts'
import { html, pixelBomb, svg, zip } from './disguises.ts'
import { namesElsewhere } from './elsewhere.ts'
import { sayingSeconds, tinyRecordings } from './recordings.ts'

export interface HostileFile {
  /** What is wrong with it; files of a kind stand together. */
  kind: string
  purpose: Purpose
  bytes: Buffer
}

const pictures = ['avatar', 'cover', 'logo', 'post-image'] as const

/** 460 files that were made to do harm, of every kind that is known here; the same ones each time but for their noise. */
export async function hostileFiles(targets: readonly string[]): Promise<HostileFile[]> {
  const random = seeded(4)
  const pick = <T>(list: readonly T[], at: number): T => list[at % list.length]!
  const noise = () => randomBytes(8 + Math.floor(random() * 400))
  const many = (kind: string, count: number, make: (at: number) => Omit<HostileFile, 'kind'>) =>
    Array.from({ length: count }, (_, at) => ({ kind, ...make(at) }))
  const photo = () => sharp(randomBytes(48 * 32 * 3), { raw: { width: 48, height: 32, channels: 3 } })
  const sound = await Promise.all([
    ...(['jpeg', 'png', 'webp', 'gif'] as const).map((format) => photo().toFormat(format).toBuffer()),
    photo().jpeg({ progressive: true }).toBuffer(),
    photo().avif({ effort: 0 }).toBuffer(),
  ])
  // Once is what most recordings get over.
  const battered = (clip: Buffer) => mutated(mutated(mutated(clip, random), random), random)
  const tiny = await tinyRecordings()
  const clips = Object.values(tiny)
  const playlists = targets.flatMap(namesElsewhere)
  const disguises = [
    html,
    svg,
    zip,
    Buffer.from('%PDF-1.7\n'),
    Buffer.from('MZ\x90'),
    Buffer.from('#!/bin/sh\n'),
  ]
  const disguised = (at: number) => Buffer.concat([pick(disguises, at), noise()])
  return [
    ...many('a damaged picture', 200, (at) => ({
      ...{ purpose: pick(pictures, at), bytes: mutated(pick(sound, at), random) },
    })),
    ...many('something else called a picture', 60, (at) => ({
      ...{ purpose: pick(pictures, at), bytes: disguised(at) },
    })),
    ...many('a picture that is something else too', 30, (at) => ({
      ...{ purpose: pick(pictures, at), bytes: Buffer.concat([pick(sound, at), disguised(at)]) },
    })),
    ...many('a bomb of pixels', 20, (at) => ({
      ...{ purpose: pick(pictures, at), bytes: pixelBomb(30_000 + at, 60_000 - at) },
    })),
    ...playlists.map((text) => ({
      ...{ kind: 'a file that points elsewhere', purpose: 'recording' as const, bytes: Buffer.from(text) },
    })),
    ...many('a damaged recording', 40, (at) => ({
      ...{ purpose: 'recording', bytes: battered(pick(clips, at)) },
    })),
    ...many('a recording without its end', 15, (at) => ({
      ...{ purpose: 'recording', bytes: pick(clips, at).subarray(0, 100 + 20 * at) },
    })),
    ...many('a recording that says ten hours', 15, (at) => ({
      ...{ purpose: 'recording', bytes: sayingSeconds(tiny.opus, 36_000 + at) },
    })),
    ...many('something else called a document', 20, (at) => ({
      ...{ purpose: 'attachment', bytes: disguised(at % 3) },
    })),
  ]
}
