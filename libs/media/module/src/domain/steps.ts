import type { StepName } from '@cenopie/media-contract'

/** What a file turned out to be. */
export type Kind = 'image' | 'video' | 'audio' | 'document'

/** Every file goes through these before it is known what it is. */
export const firstSteps = ['store', 'inspect'] as const satisfies StepName[]

/** Each step and the one that must be done before it. */
const before: Readonly<Record<StepName, StepName | undefined>> = {
  store: undefined,
  inspect: 'store',
  images: 'inspect',
  transcode: 'inspect',
  poster: 'transcode',
  stream: 'transcode',
  speech: 'transcode',
}

/** What follows for a file of a kind once it was inspected. Speech needs sound. */
export function stepsOf(kind: Kind, hasAudio: boolean): StepName[] {
  if (kind === 'image') return ['images']
  if (kind === 'document') return []
  const speech: StepName[] = hasAudio ? ['speech'] : []
  return kind === 'audio' ? ['transcode', ...speech] : ['transcode', 'poster', 'stream', ...speech]
}

/** Which of `planned` may begin now that `done` is done. */
export function followers(done: StepName, planned: readonly StepName[]): StepName[] {
  return planned.filter((name) => before[name] === done)
}

/** In the order people read them. */
export function inOrder<S extends { name: StepName }>(steps: readonly S[]): S[] {
  const order = Object.keys(before)
  return steps.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
}
