import { readFile } from 'node:fs/promises'
import { clipFolder, browserCodecs, phoneCodecs, picture, tone } from '../../video/testing/clips.ts'

const small = picture('s=64x48:r=10:d=0.4')
const short = tone('d=0.4')

/** Sound recordings of less than half a second, as small as they can be made. */
export async function tinyRecordings() {
  await using clips = await clipFolder()
  const made = (path: Promise<string>) => path.then((one) => readFile(one))
  return {
    webm: await made(clips.record('tiny.webm', ...small, ...short, ...browserCodecs)),
    mp4: await made(clips.make('tiny.mp4', ...small, ...short, ...phoneCodecs)),
    wav: await made(clips.make('tiny.wav', ...short, '-ar', '16000')),
    mp3: await made(clips.make('tiny.mp3', ...short)),
    opus: await made(clips.make('tiny-sound.webm', ...short, '-c:a', 'libopus')),
  }
}

/** What a WebM's header says of its length, in milliseconds: element 0x4489, eight bytes. */
export function sayingSeconds(webm: Buffer, seconds: number): Buffer {
  const bytes = Buffer.from(webm)
  bytes.writeDoubleBE(seconds * 1000, bytes.indexOf('448988', 0, 'hex') + 3)
  return bytes
}
