import type { CandidateQuestion } from '@cenopie/interviews-contract'
import { takesLeftText, takeText } from '../wording.ts'
import { element } from './element.ts'

/** Brings what the page says of a question's takes up to date; what is new is read aloud. */
export function showTakes(place: HTMLElement, { takes, takesLeft }: CandidateQuestion): void {
  const tries = place.querySelector('[data-tries]')
  if (tries) tries.textContent = takesLeftText(takesLeft)
  if (takes.length > 0) place.querySelector('[data-until]')?.remove()
  const list = place.querySelector('[data-takes]') ?? listIn(place)
  list.setAttribute('aria-live', 'polite')
  for (const [at, take] of takes.entries()) {
    const line = list.children[at] ?? list.appendChild(element('li'))
    const text = takeText(take)
    if (line.textContent !== text) line.textContent = text
  }
}

function listIn(place: HTMLElement): HTMLElement {
  const list = element('ul')
  list.dataset['takes'] = ''
  place.firstElementChild?.after(list)
  return list
}
