import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'

/** Noto Sans (OFL-1.1): Latin, Greek, Cyrillic, Vietnamese and Devanagari. Other scripts show as boxes. */
const font = (name: string) =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-sans/${name}/NotoSans_${name}.ttf`))
const fonts = { regular: font('400Regular'), bold: font('700Bold') }

/** Points: 20 mm. */
const margin = 57
const grey = '#555555'

/** A document of headings, texts and facts; whoever writes it knows nothing of pages. */
export interface Sheet {
  title(text: string): void
  heading(text: string): void
  subheading(text: string): void
  text(text: string): void
  note(text: string): void
  facts(rows: readonly (readonly [label: string, value: string | undefined])[]): void
  /** Numbers the pages and ends the document. */
  finish(): Promise<Buffer>
}

/** A4, text that can be selected and searched, page numbers and the footer on each page. */
export function sheet(info: { title: string; language: string; footer: string }): Sheet {
  const doc = new PDFDocument({
    size: 'A4',
    margin,
    bufferPages: true,
    lang: info.language,
    displayTitle: true,
    info: { Title: info.title, Creator: 'Cenopie' },
  })
  doc.registerFont('regular', fonts.regular).registerFont('bold', fonts.bold)
  const chunks: Buffer[] = []
  const ended = Promise.withResolvers<Buffer>()
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  doc.on('end', () => ended.resolve(Buffer.concat(chunks)))
  doc.on('error', ended.reject)

  /** A heading at the very foot of a page would stand without its text. */
  const keepTogether = (height: number) => {
    if (doc.y + height > doc.page.height - margin) doc.addPage()
  }
  const write = (name: 'regular' | 'bold', size: number, text: string, color = 'black', gap = 4) => {
    doc.font(name).fontSize(size).fillColor(color).text(text, { paragraphGap: gap })
  }
  return {
    title: (text) => write('bold', 20, text),
    heading(text) {
      keepTogether(90)
      doc.moveDown(0.8)
      write('bold', 14, text)
    },
    subheading(text) {
      keepTogether(60)
      doc.moveDown(0.3)
      write('bold', 11, text)
    },
    text: (text) => write('regular', 10, text),
    note: (text) => write('regular', 9, text, grey),
    facts(rows) {
      for (const [label, value] of rows) {
        if (value === undefined) continue
        doc.font('bold').fontSize(10).fillColor('black').text(`${label}: `, { continued: true })
        doc.font('regular').text(value)
      }
    },
    finish() {
      const { start, count } = doc.bufferedPageRange()
      for (let page = start; page < start + count; page += 1) {
        doc.switchToPage(page)
        // Below the margin, where text would otherwise begin a new page.
        doc.page.margins.bottom = 0
        doc
          .font('regular')
          .fontSize(8)
          .fillColor(grey)
          .text(
            `${info.footer} · Page ${page - start + 1} of ${count}`,
            margin,
            doc.page.height - margin + 20,
            {
              lineBreak: false,
            },
          )
      }
      doc.end()
      return ended.promise
    },
  }
}
