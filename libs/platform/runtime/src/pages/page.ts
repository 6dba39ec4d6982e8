import { createHash } from 'node:crypto'
import { Html, html } from './html.ts'

const style = `
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 42rem; padding: 1.5rem 1rem 4rem; font: 1.0625rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
header { font-weight: 700; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { font-size: 1.2rem; margin-top: 2rem; }
label { display: block; font-weight: 600; margin-top: 1.25rem; }
input, textarea, button { box-sizing: border-box; font: inherit; padding: 0.5rem 0.75rem; }
input, textarea { display: block; margin-top: 0.25rem; width: 100%; }
button { cursor: pointer; margin: 1.25rem 0.5rem 0 0; }
.lines { white-space: pre-wrap; }
.small { font-size: 0.875rem; }
`

const digest = createHash('sha256').update(style).digest('base64')

/** Of every page: its own style and forms to this origin, nothing else; above all no script, from nowhere. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${digest}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** A whole page for people, to be answered by an operation with `mediaType: 'text/html'`. Works without scripts. */
export function htmlPage(title: string, ...content: Html[]): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} – Cenopie</title>
        ${new Html(`<style>${style}</style>`)}
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
