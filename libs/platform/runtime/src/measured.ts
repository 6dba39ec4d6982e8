import { Transform } from 'node:stream'
import type { TransformCallback } from 'node:stream'
import { Fault, faults } from '@cenopie/platform-contract'

/** Passes bytes on and counts them. Fails when they are more or fewer than promised: a reader would take them for all. */
export class Measured extends Transform {
  readonly #promised: number
  /** So far. */
  bytes = 0

  constructor(promised: number) {
    super()
    this.#promised = promised
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length
    if (this.bytes > this.#promised) done(broken(`more than the promised ${this.#promised} bytes`))
    else done(null, chunk)
  }

  override _flush(done: TransformCallback): void {
    done(this.bytes < this.#promised ? broken(`${this.bytes} of ${this.#promised} promised bytes`) : null)
  }
}

const broken = (detail: string) => new Fault(faults.unavailable, { detail })
