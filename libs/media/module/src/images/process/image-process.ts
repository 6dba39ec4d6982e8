import { fork } from 'node:child_process'
import { extname, join } from 'node:path'
import { behindOthers } from '@cenopie/platform-programs'
import { ImageError } from '../failure.ts'
import type { ImageSink, MadeImages } from '../image.ts'
import type { ImagePlan } from '../plan.ts'
import type { FromProcess, ToProcess } from './protocol.ts'

/** A process for one picture at a time. It sees nothing of the environment, and ends with whoever started it. */
export interface ImageProcess {
  /** Rejects with {@link ImageError}, with the sink's error, or with the reason of `kill`. */
  make(path: string, plan: ImagePlan, sink: ImageSink): Promise<MadeImages>
  /** Ends it at once, whatever a decoder is at; what it was making rejects with `reason`. */
  kill(reason?: unknown): void
  readonly alive: boolean
}

/** `.ts` from source, `.js` where it was built. */
const program = join(import.meta.dirname, `program${extname(import.meta.filename)}`)

export function startImageProcess(): ImageProcess {
  const child = fork(program, [], {
    env: {},
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // A session of its own, that can be put behind others.
    detached: true,
  })
  behindOthers(child)
  let work: PromiseWithResolvers<MadeImages> | undefined
  const crash = (cause?: Error) => work?.reject(new ImageError('crashed', { cause }))
  child.once('error', crash)
  child.once('exit', () => crash())
  const say = (message: ToProcess) => child.send(message, (error) => error && crash(error))

  /** A process without work does not keep this one alive. */
  const rest = () => {
    child.unref()
    child.channel?.unref()
  }
  rest()

  return {
    async make(path, plan, sink) {
      const { promise, resolve, reject } = (work = Promise.withResolvers<MadeImages>())
      const listen = (message: FromProcess) => {
        if (message.kind === 'made') resolve(message.made)
        else if (message.kind === 'refused')
          reject(new ImageError(message.code, { message: message.message }))
        else if (message.kind === 'broken') reject(new Error(message.message))
        else {
          const { variant, bytes } = message
          const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
          sink(variant.name, buffer, variant).then(() => say({ kind: 'taken', name: variant.name }), reject)
        }
      }
      child.ref()
      child.channel?.ref()
      child.on('message', listen)
      say({ kind: 'make', path, plan })
      try {
        return await promise
      } finally {
        child.off('message', listen)
        rest()
      }
    },
    kill(reason) {
      work?.reject(reason)
      child.kill('SIGKILL')
    },
    get alive() {
      return child.connected
    },
  }
}
