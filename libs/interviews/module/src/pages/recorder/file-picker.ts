import type { RecordedMode } from '@cenopie/interviews-contract'
import { element } from './element.ts'
import type { Ticket } from './kept-takes.ts'
import type { Stage } from './stage.ts'

/** A recording from elsewhere; on a phone, from its camera. Resolves to one that is not too large. */
export function pickFile(stage: Stage, mode: RecordedMode, { maxBytes, maxSeconds }: Ticket): Promise<File> {
  return new Promise((resolve) => {
    const input = element('input', { type: 'file', accept: `${mode}/*` })
    input.setAttribute('capture', 'user')
    input.onchange = () => {
      const [file] = input.files ?? []
      if (!file) return
      if (file.size <= maxBytes) return resolve(file)
      stage.warn(`This file is too large: at most ${Math.floor(maxBytes / 1e6)} MB can be sent.`)
    }
    stage.say('')
    stage.show(element('label', {}, `A file with your answer, at most ${maxSeconds} seconds long`, input))
  })
}
