import { open } from 'node:fs/promises'
import { VideoError } from './failure.ts'
import { longSide, shortSide } from './fit-to-copy.ts'
import { fit, scaled, standardRange } from './picture.ts'
import { encode, produce, type Step } from './step.ts'
import type { Rendition } from './types.ts'

/** Cameras open dark and blurred: the picture is looked for after this long, among as many as follow. */
const settledSeconds = 1
const candidates = 24

export async function poster(step: Step, output: string): Promise<Rendition> {
  const { video } = step.facts
  if (!video) throw new VideoError('no-video')
  const size = fit(video, longSide, shortSide)
  const from = Math.min(settledSeconds, video.endSeconds / 4)
  // The very first picture is a candidate too: a video may have no other.
  const filters = [
    `select='eq(n,0)+gte(t,${from.toFixed(3)})'`,
    `thumbnail=${candidates}`,
    ...scaled(video, size),
    ...standardRange(video),
    'format=yuvj420p',
  ]
  const args = ['-map', `0:${video.stream}`, '-an', '-vf', filters.join(','), '-frames:v', '1', '-q:v', '3']
  return produce(
    output,
    step,
    (partial) => encode(step, { outputs: [[...args, '-f', 'mjpeg', `file:${partial}`]], writes: partial }),
    async (partial) => ({ path: output, mediaType: 'image/jpeg', bytes: await wholeJpeg(partial), ...size }),
  )
}

/** Bytes of a JPEG that has its beginning and its end. */
async function wholeJpeg(path: string): Promise<number> {
  await using file = await open(path)
  const { size } = await file.stat()
  const ends = Buffer.alloc(4)
  await file.read(ends, 0, 2, 0)
  await file.read(ends, 2, 2, Math.max(0, size - 2))
  if (ends.toString('hex') !== 'ffd8ffd9') throw new VideoError('incomplete-output')
  return size
}
