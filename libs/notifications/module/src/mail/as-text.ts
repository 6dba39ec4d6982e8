import { oneLine } from '../domain/one-line.ts'
import type { Block } from '../templates/template.ts'
import { greeting, why } from './envelope.ts'
import type { Letter } from './envelope.ts'

/** The text part. Lines are not wrapped: links and codes stay whole. */
export function asText(letter: Letter): string {
  const foot = [
    '-- ',
    'Cenopie',
    why(letter),
    ...(letter.unsubscribeUrl === undefined ? [] : [letter.unsubscribeUrl]),
  ]
  return (
    [oneLine(greeting(letter)), ...letter.content.blocks.map(paragraph), foot.join('\n')].join('\n\n') + '\n'
  )
}

function paragraph(block: Block): string {
  switch (block.kind) {
    case 'text':
      return oneLine(block.text, 2000)
    case 'action':
      return `${block.label}:\n${block.url}`
    case 'code':
      return `${block.label}\n${block.value}`
    case 'quote':
      return block.text
        .split(/\r\n|\r|\n/)
        .map((line) => `> ${line}`)
        .join('\n')
  }
}
