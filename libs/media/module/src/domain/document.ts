import { open } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'
import { StepError } from './step-error.ts'

/** Documents people exchange about work. Served for saving, never shown by us; nothing that a browser would run. */
const accepted = new Set([
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.oasis.opendocument.text',
])

/**
 * The media type of a document, by its content. A name says nothing: a page renamed to .pdf is refused.
 *
 * @throws StepError not-a-document
 */
export async function inspectDocument(path: string): Promise<string> {
  const found = await fileTypeFromFile(path)
  if (found && accepted.has(found.mime)) return found.mime
  if (!found && (await isPlainText(path))) return 'text/plain; charset=utf-8'
  throw new StepError(
    'not-a-document',
    'Documents are taken as PDF, Word (DOCX), OpenDocument or plain text.',
  )
}

/** UTF-8 without control characters, and no markup that something might take for a page. */
async function isPlainText(path: string): Promise<boolean> {
  await using file = await open(path)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let beginning = ''
  try {
    for await (const chunk of file.createReadStream({ autoClose: false })) {
      const text = decoder.decode(chunk as Buffer, { stream: true })
      if (/[^\P{Cc}\t\n\f\r]/u.test(text)) return false
      if (beginning.length < 1000) beginning += text
    }
    decoder.decode()
  } catch {
    return false
  }
  return !beginning.trimStart().startsWith('<')
}
