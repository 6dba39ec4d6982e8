import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { behindOthers } from '@cenopie/platform-programs'
import type { Taken, Variant } from '../programs/images/answer.ts'
import { writePictures } from '../programs/images/pictures.ts'
import type { Contest } from './case.ts'
import { ask, nextMessage, startChild } from './child.ts'

/** Times that a run makes the variants of every picture. */
const times = 3

/** Our pipeline against another program that must come to the same variants, by what `figure` reads from a run. */
export async function pictureContest(
  baseline: string,
  figure: (taken: Taken, pictures: number) => number,
): Promise<Contest> {
  const folder = await mkdtemp(join(tmpdir(), 'cenopie-bench-'))
  const pictures = await writePictures(folder)
  const start = async (name: string) => {
    const child = await startChild(`tools/bench/programs/images/${name}.ts`, {}, [], { detached: true })
    // As media does with its own processes: whatever else runs here hits both sides alike.
    behindOthers(child.process)
    await nextMessage(child)
    return child
  }
  const children = [await start('ours'), await start(baseline)] as const
  const [ours, theirs] = children.map((child) => async () => {
    const uploads = Array.from({ length: times }, () => pictures).flat()
    return { child, uploads, taken: await ask<Taken>(child, { uploads }) }
  })
  const [first, second] = [await ours!(), await theirs!()]
  assert.deepEqual(sizes(first.taken.variants), sizes(second.taken.variants))
  const [size, other] = [bytesOf(first.taken.variants), bytesOf(second.taken.variants)]
  assert(Math.abs(size - other) < 0.02 * other, `${size} bytes against ${other}`)
  const run = (side: typeof ours) => async () => {
    const { taken, uploads } = await side!()
    return figure(taken, uploads.length)
  }
  return {
    ours: run(ours),
    baseline: run(theirs),
    async close() {
      await Promise.all(children.map((child) => child.stop()))
      await rm(folder, { recursive: true })
    },
  }
}

const sizes = (variants: Variant[]) => variants.map(({ width, height }) => `${width} × ${height}`).sort()
const bytesOf = (variants: Variant[]) => variants.reduce((sum, { bytes }) => sum + bytes, 0)
