import { clearLine, cursorTo } from 'node:readline'
import { styleText } from 'node:util'
import type { Stage, Tell } from '@cenopie/e2e'

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

/**
 * Prints each step with the milliseconds it took; a step that fails is marked before its error is told. In a terminal
 * its last line says how far a step is that takes a while.
 */
export function stepper(): Stage['step'] {
  return async (title, work) => {
    const started = performance.now()
    const taken = () => muted(`${Math.round(performance.now() - started)} ms`.padStart(9))
    const tell: Tell = (share, doing) =>
      passing(`… ${taken()}  ${title.slice(0, width - 60)} ${bar(share)} ${doing}`)
    const print = (mark: string) => {
      passing('')
      line(`${mark} ${taken()}  ${title}`)
    }
    try {
      const result = await work(tell)
      print(good('✓'))
      return result
    } catch (error) {
      print(styleText('red', '✗'))
      throw error
    }
  }
}

const barWidth = 20

function bar(share: number): string {
  const full = Math.round(barWidth * share)
  return `${'━'.repeat(full)}${muted('━'.repeat(barWidth - full))} ${Math.round(100 * share)} %`
}

/** What the next line, or the next call, takes the place of. Whoever keeps the output in a file is not told. */
function passing(text: string): void {
  const { stdout } = process
  if (!stdout.isTTY) return
  cursorTo(stdout, 0)
  clearLine(stdout, 0)
  stdout.write(text)
}
