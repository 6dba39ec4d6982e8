import { announcer, button, element } from './element.ts'

/** The part of the page that changes as one recording goes on. */
export interface Stage {
  /** Shows other controls. Whoever was at the old ones goes on at the first of the new ones. */
  show(...parts: (Node | string)[]): void
  /** Shows buttons above what else is to be seen; resolves to the name of the one that is pressed. */
  choice<T extends string>(buttons: Partial<Record<T, string>>, ...below: Node[]): Promise<T>
  /** Says where things stand. */
  say(text: string): void
  /** Says what went wrong, or with nothing that it is mended. */
  warn(text: string): void
}

export function stageIn(place: HTMLElement): Stage {
  const [status, alert] = [announcer('status'), announcer('alert')]
  const controls = element('div')
  place.append(alert, controls, status)
  const show = (...parts: (Node | string)[]) => {
    const wasHere = controls.contains(document.activeElement)
    controls.replaceChildren(...parts)
    if (wasHere) controls.querySelector<HTMLElement>('button, input')?.focus()
  }
  return {
    show,
    choice: <T extends string>(buttons: Partial<Record<T, string>>, ...below: Node[]) =>
      new Promise<T>((resolve) => {
        const made = Object.entries<string | undefined>(buttons).map(([name, text = '']) =>
          button(text, () => resolve(name as T)),
        )
        show(...made, ...below)
      }),
    say: (text) => void (status.textContent = text),
    warn: (text) => void (alert.textContent = text),
  }
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
