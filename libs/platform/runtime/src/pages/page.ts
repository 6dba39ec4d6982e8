import { Html, html } from './html.ts'

/** Of every page. */
export const style = `
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 42rem; padding: 1.5rem 1rem 4rem; font: 1.0625rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
header { font-weight: 700; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { font-size: 1.2rem; margin-top: 2rem; }
label { display: block; font-weight: 600; margin-top: 1.25rem; }
input, select, textarea, button { box-sizing: border-box; font: inherit; padding: 0.5rem 0.75rem; }
input, select, textarea { display: block; margin-top: 0.25rem; width: 100%; }
button { cursor: pointer; margin: 1.25rem 0.5rem 0 0; }
.lines { white-space: pre-wrap; }
.small { font-size: 0.875rem; }
`

/** Where a page's program and the style that goes with it are; both of this origin. */
export interface PageProgram {
  script: string
  style: string
}

/** A whole page for people, to be answered by an operation with `mediaType: 'text/html'`. Works without its program. */
export function htmlPage(head: string | { title: string; program: PageProgram }, ...content: Html[]): string {
  const { title, program } = typeof head === 'string' ? { title: head } : head
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} – Cenopie</title>
        ${new Html(`<style>${style}</style>`)}
        ${
          program
            ? html`<link rel="stylesheet" href="${program.style}" />
                <script type="module" src="${program.script}"></script>`
            : html``
        }
      </head>
      <body>
        <header>Cenopie</header>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html> `.markup
}
