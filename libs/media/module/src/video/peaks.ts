/** A sample of 16 bits at its loudest. */
const fullScale = 32_768
/** 5 ms at 16 kHz: what is kept until the length is known, 0.7 million numbers an hour. */
const blockSamples = 80

/** Folds 16-bit little-endian mono samples, in chunks of any size, into the loudest of each equal part. */
export class Peaks {
  samples = 0
  #blocks: number[] = []
  #loudest = 0
  #half: number | undefined

  add(chunk: Buffer): void {
    let at = 0
    if (this.#half !== undefined && chunk.length > 0) {
      this.#sample((chunk.readInt8(0) << 8) | this.#half)
      this.#half = undefined
      at = 1
    }
    for (; at + 1 < chunk.length; at += 2) this.#sample(chunk.readInt16LE(at))
    if (at < chunk.length) this.#half = chunk[at]
  }

  /** 0–1 of full scale, `points` of them whatever the length; all 0 for no sound at all. */
  fold(points: number): number[] {
    const blocks = this.#blocks.length > 0 ? this.#blocks : [this.#loudest]
    return Array.from({ length: points }, (_, point) => {
      const from = Math.floor((point * blocks.length) / points)
      const to = Math.max(from + 1, Math.floor(((point + 1) * blocks.length) / points))
      const loudest = blocks.slice(from, to).reduce((most, block) => Math.max(most, block), 0)
      return Math.round((loudest / fullScale) * 1000) / 1000
    })
  }

  #sample(value: number): void {
    this.#loudest = Math.max(this.#loudest, Math.abs(value))
    this.samples += 1
    if (this.samples % blockSamples > 0) return
    this.#blocks.push(this.#loudest)
    this.#loudest = 0
  }
}
