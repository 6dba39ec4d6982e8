import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { speechFolder } from '../testing/speech.ts'

const folder = await speechFolder()
afterAll(() => folder.remove())
const tone = ['-f', 'lavfi', '-i', 'sine=d=3:r=16000', '-c:a', 'pcm_s16le']
const recording = await folder.make('recording.wav', ...tone)

test.each(['arriving', 'there', 'decoded'])(
  'a worker that is killed while the sound is %s leaves nobody’s voice behind',
  async (moment) => {
    const temporary = join(folder.path, moment)
    await mkdir(temporary)
    const script = join(import.meta.dirname, '../testing/hear-and-wait.ts')
    const worker = spawn(process.execPath, [script, recording, moment], {
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', TMPDIR: temporary },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [held] = (await once(worker.stdout, 'data')) as [Buffer]
    // It had heard something: three seconds, or half of them.
    expect(Number(held)).toBeGreaterThan((await readFile(recording)).length / 3)
    worker.kill('SIGKILL')
    await once(worker, 'exit')
    expect(await readdir(temporary, { recursive: true })).toEqual([])
  },
)
