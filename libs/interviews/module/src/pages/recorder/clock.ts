import { spokenTime } from '../wording.ts'
import { serverNow } from './api.ts'
import { announcer, element } from './element.ts'

/** Seconds left at which somebody who does not see the clock is told. */
const told = [60, 30, 10]

export interface Clock {
  /** Shows the time, and says it now and then. */
  readonly place: HTMLElement
  stop(): void
}

/** Counts down to a time of the server's, in milliseconds since 1970; `over` happens once, when nothing is left. */
export function countdown(until: number, over: () => void): Clock {
  const shown = element('strong', { className: 'clock' })
  shown.setAttribute('role', 'timer')
  const aloud = announcer('status')
  aloud.className = 'unseen'
  let before = Infinity
  const tick = () => {
    const left = Math.max(0, Math.ceil((until - serverNow()) / 1000))
    if (left === before) return
    shown.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')} left`
    const mark = told.find((seconds) => left <= seconds && seconds < before)
    if (mark !== undefined && before !== Infinity) aloud.textContent = `${spokenTime(left)} left.`
    before = left
    if (left > 0) return
    clearInterval(timer)
    over()
  }
  const timer = setInterval(tick, 200)
  tick()
  return { place: element('span', {}, shown, aloud), stop: () => clearInterval(timer) }
}

/** Beside every time that the page names as a limit, how much is left. */
export function showTimeLeft(): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-until]')) {
    const limit = Date.parse(place.dataset['until'] ?? '')
    const clock = countdown(limit, () => place.classList.add('over'))
    place.append(' ', clock.place)
  }
}
