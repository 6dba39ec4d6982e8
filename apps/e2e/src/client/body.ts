/**
 * An answer's body as it is shown, checked and compared: JSON as what it says, text as it is, a PDF as its text, of
 * anything else the number of bytes.
 */
export async function bodyOf(response: Response): Promise<unknown> {
  const type = response.headers.get('content-type') ?? ''
  if (type === 'application/pdf') return textOf(await response.bytes())
  if (/^(image|video|audio)\//.test(type)) return { bytes: (await response.bytes()).length }
  const text = await response.text()
  return /json/.test(type) ? (JSON.parse(text) as unknown) : text
}

/** Points: below stand page numbers. */
const margin = 57

/**
 * What a PDF says from its first page to its last, without any space: where lines and pages end depends on how wide the
 * letters of ids are, and ids are parted too.
 */
async function textOf(bytes: Uint8Array): Promise<string> {
  // Half a second to load, for the few who look at one.
  const { pdfPages } = await import('@cenopie/platform-testing/pdf-text')
  return (await pdfPages(bytes, margin)).join('').replaceAll(/\s/g, '')
}
