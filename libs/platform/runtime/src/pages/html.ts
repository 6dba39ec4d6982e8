const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escape = (value: string) => value.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')

/** Markup whose values were escaped. */
export class Html {
  readonly markup: string
  constructor(markup: string) {
    this.markup = markup
  }
}

/** Tagged template: every value is escaped unless it is `Html` itself. Fit for element content and quoted attributes. */
export function html(strings: TemplateStringsArray, ...values: (string | Html | readonly Html[])[]): Html {
  const markup = strings.reduce((before, part, index) => before + render(values[index - 1] ?? '') + part)
  return new Html(markup)
}

function render(value: string | Html | readonly Html[]): string {
  if (value instanceof Html) return value.markup
  if (typeof value === 'string') return escape(value)
  return value.map(({ markup }) => markup).join('\n')
}
