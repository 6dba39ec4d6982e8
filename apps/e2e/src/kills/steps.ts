/** What is done to a recording, in order, and the task that does it. */
export const taskOf = {
  store: 'media.store-file',
  inspect: 'media.inspect-file',
  transcode: 'media.transcode-video',
  poster: 'media.make-poster',
  stream: 'media.make-stream',
  speech: 'media.make-speech',
  transcribe: 'interviews.transcribe-answer',
  measure: 'interviews.measure-speech',
  analyse: 'interviews.analyse-answer',
} as const

export type Step = keyof typeof taskOf
export const steps = Object.keys(taskOf) as Step[]

/** Those that run programs, which can be killed by themselves. */
export const stepsWithTools = ['inspect', 'transcode', 'poster', 'stream', 'speech', 'transcribe'] as const
