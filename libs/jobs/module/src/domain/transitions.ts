import type { Stage } from '@cenopie/jobs-contract'
import { stages } from '@cenopie/jobs-contract'

/**
 * Where an application may go from each stage. Forward only; screening may be skipped, and so may the interview.
 * Rejecting and withdrawing end it from any open stage; hiring follows an offer.
 */
export const transitions: Readonly<Record<Stage, readonly Stage[]>> = {
  applied: ['screening', 'interview', 'rejected', 'withdrawn'],
  screening: ['interview', 'offer', 'rejected', 'withdrawn'],
  interview: ['offer', 'rejected', 'withdrawn'],
  offer: ['hired', 'rejected', 'withdrawn'],
  hired: [],
  rejected: [],
  withdrawn: [],
}

export function mayMove(from: Stage, to: Stage): boolean {
  return transitions[from].includes(to)
}

/**
 * The one way back, once: after a human review turned the interview's decision round. That it did, the move itself asks
 * for in its statement.
 */
export function takesBack(from: Stage, to: Stage): boolean {
  return from === 'rejected' && to === 'offer'
}

/** The stages from which an application may go to `to`. */
export function stagesBefore(to: Stage): Stage[] {
  return stages.filter((from) => mayMove(from, to))
}
