import type { FileOwner } from '@cenopie/media-contract'

/** Whom the recordings of an answer belong to in media. */
export function answerOwner(answerId: string): FileOwner {
  return { module: 'interviews', kind: 'answer', id: answerId }
}

/** The answer that a file belongs to. */
export function answerOf({ module, kind, id }: FileOwner): string | undefined {
  return module === 'interviews' && kind === 'answer' ? id : undefined
}

/** Practice recordings: nothing keeps them, so media removes them after a day. */
export function practiceOwner(interviewId: string): FileOwner {
  return { module: 'interviews', kind: 'practice', id: interviewId }
}

/** Recordings that only say whether camera and microphone work. */
export function deviceCheckOwner(interviewId: string): FileOwner {
  return { module: 'interviews', kind: 'device-check', id: interviewId }
}

export function isDeviceCheck({ module, kind }: FileOwner): boolean {
  return module === 'interviews' && kind === 'device-check'
}

export function isOurs({ module }: FileOwner): boolean {
  return module === 'interviews'
}
