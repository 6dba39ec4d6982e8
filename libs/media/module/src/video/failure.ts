/**
 * Why a file was refused or a step failed. `refused`: the file is the reason and a second try ends the same;
 * `retry`: the machine is, and a later try may succeed. The sentences are for people: no path, no tool, no jargon.
 */
const table = {
  empty: ['refused', 'The file is empty.'],
  'not-media': ['refused', 'The file is not a video or a sound recording.'],
  'unsupported-container': [
    'refused',
    'This kind of video or sound file is not supported. MP4 and WebM are.',
  ],
  'unsupported-codec': ['refused', 'The video or sound is encoded in a way that is not supported.'],
  'no-frames': ['refused', 'The file holds neither picture nor sound.'],
  'no-audio': ['refused', 'The recording has no sound.'],
  'no-video': ['refused', 'The recording has no picture.'],
  'too-long': ['refused', 'The recording is too long.'],
  'too-many-streams': ['refused', 'The file holds too many tracks.'],
  'too-many-pixels': ['refused', 'The picture of the video is too large.'],
  'too-many-frames': ['refused', 'The video has too many pictures per second.'],
  truncated: ['refused', 'The file is incomplete: its end is missing.'],
  damaged: ['refused', 'The file is damaged and cannot be read.'],
  'too-costly': ['refused', 'The file takes more time or memory to process than is allowed.'],
  'output-too-large': ['refused', 'The processed file would be larger than is allowed.'],
  'timed-out': ['retry', 'Processing took too long.'],
  interrupted: ['retry', 'Processing was interrupted.'],
  'no-space': ['retry', 'There was no room to store the processed file.'],
  'incomplete-output': ['retry', 'The processed file came out incomplete.'],
  'tool-failed': ['retry', 'The file could not be processed just now.'],
} as const satisfies Record<string, readonly ['refused' | 'retry', string]>

export type VideoFailure = keyof typeof table

/**
 * What every function of this folder rejects with, apart from the reason of an aborted signal. `message` may be shown
 * to the person who uploaded the file; `log` is the bounded end of the tool's own words and goes to the log only.
 */
export class VideoError extends Error {
  override readonly name = 'VideoError'
  readonly code: VideoFailure
  /** Whether a later try of the same step on the same file may succeed. */
  readonly retryable: boolean
  readonly log: string

  constructor(code: VideoFailure, { message, log = '', ...options }: Details = {}) {
    super(message ?? table[code][1], options)
    this.code = code
    this.retryable = table[code][0] === 'retry'
    this.log = log
  }
}

interface Details extends ErrorOptions {
  /** Replaces the table's sentence by a more exact one. */
  readonly message?: string
  readonly log?: string
}
