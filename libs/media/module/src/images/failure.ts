/**
 * Why there are no pictures. `refused`: the file is the reason and a second try ends the same; `retry`: the machine may
 * be, and a later try may succeed. The sentences are for people.
 */
const table = {
  empty: ['refused', 'The file is empty.'],
  'not-an-image': ['refused', 'The file is not a picture.'],
  'unsupported-type': ['refused', 'This kind of file is not supported.'],
  damaged: ['refused', 'The file is damaged and cannot be read as a picture.'],
  truncated: ['refused', 'The picture is incomplete: its end is missing.'],
  'too-many-bytes': ['refused', 'The file is too large.'],
  'too-many-pixels': ['refused', 'The picture has too many pixels.'],
  'too-many-frames': ['refused', 'The animation has too many frames.'],
  'timed-out': ['retry', 'Processing the picture took too long.'],
  crashed: ['retry', 'Processing the picture was broken off.'],
} as const satisfies Record<string, readonly ['refused' | 'retry', string]>

export type ImageFailure = keyof typeof table

/** What the functions of this folder reject with over a file. `message` may be shown to whoever uploaded it. */
export class ImageError extends Error {
  override readonly name = 'ImageError'
  readonly code: ImageFailure
  /** Whether a later try on the same file may succeed. */
  readonly retryable: boolean

  constructor(
    code: ImageFailure,
    { message, ...options }: { message?: string | undefined; cause?: unknown } = {},
  ) {
    super(message ?? table[code][1], options)
    this.code = code
    this.retryable = table[code][0] === 'retry'
  }
}

/** What the decoders of libvips say when the bytes end before the picture does. */
const endsEarly = /premature end|libpng read error|bad seek|unexpected end|too short|end of file/i

/** Turns what sharp throws over a file that it cannot read into what that means. */
export function failureOf(error: unknown): ImageError {
  if (error instanceof ImageError) return error
  const message = error instanceof Error ? error.message : String(error)
  return new ImageError(codeOf(message), { cause: error })
}

function codeOf(message: string): ImageFailure {
  if (message.includes('pixel limit')) return 'too-many-pixels'
  return endsEarly.test(message) ? 'truncated' : 'damaged'
}
