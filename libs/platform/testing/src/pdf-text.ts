import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** The text of each page, as a reader would select it; what stands less than `above` points over its foot left out. */
export async function pdfPages(bytes: Uint8Array, above = 0): Promise<string[]> {
  const loading = getDocument({ data: new Uint8Array(bytes), verbosity: 0 })
  const document = await loading.promise
  const pages: string[] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent()
    const texts = items.filter((item) => 'str' in item).filter(({ transform }) => transform[5] >= above)
    pages.push(texts.map(({ str, hasEOL }) => str + (hasEOL ? '\n' : '')).join(''))
  }
  await loading.destroy()
  return pages
}
