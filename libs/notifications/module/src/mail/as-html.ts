import { html } from '@cenopie/platform-runtime'
import type { Html } from '@cenopie/platform-runtime'
import { oneLine } from '../domain/one-line.ts'
import type { Block } from '../templates/template.ts'
import { greeting, why } from './envelope.ts'
import type { Letter } from './envelope.ts'

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
const body = `${font};font-size:16px;line-height:24px;color:#1f2933`
const mono = 'font-family:ui-monospace,Menlo,Consolas,monospace;font-size:14px;line-height:20px;color:#1f2933'

/** The HTML part: tables and inline styles, since that is what mail clients agree on; readable at any width. */
export function asHtml(letter: Letter): string {
  const { subject, preheader, blocks } = letter.content
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light" />
        <title>${subject}</title>
      </head>
      <body style="margin:0;padding:0;background:#f2f4f7">
        <div style="display:none;max-height:0;overflow:hidden;opacity:0">${preheader}</div>
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f2f4f7">
          <tr>
            <td align="center" style="padding:24px 12px">
              <table
                role="presentation"
                width="100%"
                cellpadding="0"
                cellspacing="0"
                style="max-width:600px;background:#ffffff;border:1px solid #dde3ea;border-radius:8px"
              >
                <tr>
                  <td style="${font};padding:24px 32px 0;font-size:18px;font-weight:700;color:#0b5c8a">
                    Cenopie
                  </td>
                </tr>
                <tr>
                  <td style="${body};padding:16px 32px 24px">
                    <p style="margin:0 0 16px">${oneLine(greeting(letter))}</p>
                    ${blocks.map(paragraph)}
                  </td>
                </tr>
                <tr>
                  <td
                    style="${font};padding:16px 32px 24px;border-top:1px solid #dde3ea;font-size:13px;line-height:20px;color:#52606d"
                  >
                    ${foot(letter)}
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html> `.markup
}

function foot(letter: Letter): Html {
  const { unsubscribeUrl } = letter
  if (unsubscribeUrl === undefined) return html`${why(letter)}`
  return html`${why(letter)} <a href="${unsubscribeUrl}" style="color:#52606d">unsubscribe</a>.`
}

function paragraph(block: Block): Html {
  switch (block.kind) {
    case 'text':
      return html`<p style="margin:0 0 16px">${oneLine(block.text, 2000)}</p>`
    case 'action':
      return html`<table role="presentation" cellpadding="0" cellspacing="0" style="margin:8px 0 24px">
        <tr>
          <td style="background:#0b5c8a;border-radius:6px">
            <a
              href="${block.url}"
              style="${font};display:inline-block;padding:12px 24px;font-size:16px;font-weight:600;color:#ffffff;text-decoration:none"
              >${block.label}</a
            >
          </td>
        </tr>
      </table>`
    case 'code':
      return html`<p style="margin:0 0 4px">${block.label}</p>
        <p
          style="${mono};margin:0 0 16px;padding:8px 12px;background:#f2f4f7;border-radius:6px;word-break:break-all"
        >
          ${block.value}
        </p>`
    case 'quote':
      return html`<blockquote style="margin:0 0 16px;padding:0 0 0 16px;border-left:3px solid #dde3ea">
        ${block.text.split(/\r\n|\r|\n/).map((line) => html`${line}<br />`)}
      </blockquote>`
  }
}
