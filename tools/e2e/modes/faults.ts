import type { Mail } from '@cenopie/e2e'
import type { Fact } from '../outcome/facts.ts'
import { Rehearsed } from '../run/rehearsed.ts'
import type { Outcome, RunOptions } from '../run/run.ts'
import { Disturbance } from './disturbance.ts'
import { Gate } from './gate.ts'
import { persistent } from './persistence.ts'

/** Of calls between modules that fail and of jobs that come twice. */
const rehearsedShare = 0.2

/** Everything goes wrong that may, as the seed has it. What was done is told in `injected` when the run is over. */
export function faults(seed: number, redisUrl: string, injected: string[]): Partial<RunOptions> {
  const gate = new Gate()
  let disturbance: Disturbance | undefined
  return {
    env: { CENOPIE_REHEARSAL: `faults:${seed}:${rehearsedShare}` },
    deliver: persistent(gate, () => disturbance?.called()),
    disturb: (running) => {
      const rehearsed = new Rehearsed(running)
      const own = new Disturbance(seed, { gate, running, redisUrl, rehearsed })
      disturbance = own
      return async () => {
        await own.over()
        injected.push(...own.done)
      }
    },
    atEnd: async () => {
      const counted = await disturbance?.rehearsed.total()
      if (counted) injected.unshift(counted)
    },
  }
}

/** Columns that count how often a process began something: once more when it was killed meanwhile. */
const tries: Record<string, string> = { 'rows of interviews.answer': 'attempts' }

/** Faults may change what a client is told on the way; what is there in the end they may not. */
export function lasting(facts: readonly Fact[]): Fact[] {
  return facts
    .filter(({ kind }) => !kind.startsWith('answers in '))
    .map(({ kind, value }) => {
      const { [tries[kind] ?? '']: _, ...rest } = value as Record<string, unknown>
      return { kind, value: rest }
    })
}

/** Tasks of things that may have to wait for a fact that comes late: then they are asked for again. */
const askedAgain = new Set(['notifications.send-mail'])

/**
 * A process that dies after a mail server took its mail and before it could note that sends the same message again,
 * under the same Message-ID: no sender can do better, and receivers show it once. Any other second mail counts. A mail
 * whose recipient is not known yet waits, and its task is there once more when they are.
 */
export function withoutResent(outcome: Outcome): Outcome {
  const messages = new Map(outcome.mails.map((mail: Mail) => [JSON.stringify(mail), mail]))
  const asked = new Set<string>()
  const entries = outcome.entries.filter(({ name, payload }) => {
    const task = `${name} ${JSON.stringify(payload)}`
    if (!askedAgain.has(name)) return true
    return asked.size !== asked.add(task).size
  })
  return { ...outcome, mails: [...messages.values()], entries }
}
