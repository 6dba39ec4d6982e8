import { styleText } from 'node:util'

const width = Math.min(process.stdout.columns || 100, 110)

export const muted = (text: string) => styleText('dim', text)
export const strong = (text: string) => styleText('bold', text)
export const good = (text: string) => styleText('green', text)

export function line(text = ''): void {
  process.stdout.write(`${text}\n`)
}

export function heading(text: string): void {
  line()
  line(strong(text))
  line(muted('─'.repeat(Math.min(width, text.length))))
}

/** Prints a text over as many lines as the terminal needs, each indented. */
export function paragraph(text: string, indent: number, style: (text: string) => string = String): void {
  const room = width - indent
  let rest = text.replaceAll(/\s+/g, ' ').trim()
  while (rest.length > 0) {
    const space = rest.length <= room ? rest.length : rest.lastIndexOf(' ', room)
    const end = space > 0 ? space : room
    line(' '.repeat(indent) + style(rest.slice(0, end)))
    rest = rest.slice(end).trimStart()
  }
}

/** Prints each step with the milliseconds it took; a step that fails is marked before its error is told. */
export function stepper() {
  return async <T>(title: string, work: () => Promise<T>): Promise<T> => {
    const started = performance.now()
    const print = (mark: string) =>
      line(`${mark} ${muted(`${Math.round(performance.now() - started)} ms`.padStart(9))}  ${title}`)
    try {
      const result = await work()
      print(good('✓'))
      return result
    } catch (error) {
      print(styleText('red', '✗'))
      throw error
    }
  }
}
