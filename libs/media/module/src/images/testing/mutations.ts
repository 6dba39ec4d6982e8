/** Numbers from 0 up to 1, the same for the same seed: mulberry32, public domain, by Tommy Ettinger. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A sound file made hostile in one of the ways that break decoders; its first bytes stay, so that it gets to one. */
export function mutated(sound: Buffer, random: () => number): Buffer {
  const whole = (below: number) => Math.floor(random() * below)
  const bytes = Buffer.from(sound)
  const somewhere = () => 12 + whole(bytes.length - 12)
  switch (whole(5)) {
    case 0: // bytes anywhere
      for (let left = 1 + whole(20); left > 0; left -= 1) bytes[somewhere()] = whole(256)
      return bytes
    case 1: // sizes and offsets in the header
      for (let left = 1 + whole(6); left > 0; left -= 1) {
        const at = 12 + whole(Math.min(200, bytes.length - 16))
        bytes.writeUInt32BE([0, 1, 0x7fffffff, 0x80000000, 0xffffffff, whole(2 ** 32)][whole(6)]!, at)
      }
      return bytes
    case 2: // the end is missing
      return bytes.subarray(0, somewhere())
    case 3: {
      // a piece twice, or over another
      const [from, to] = [somewhere(), somewhere()]
      const piece = bytes.subarray(from, from + whole(400))
      return Buffer.concat([
        bytes.subarray(0, to),
        piece,
        bytes.subarray(random() < 0.5 ? to : to + piece.length),
      ])
    }
    default: {
      // a piece is missing
      const from = somewhere()
      return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + whole(400))])
    }
  }
}
