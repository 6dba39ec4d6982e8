type Names = HTMLElementTagNameMap

/** An element with properties and children. */
export function element<K extends keyof Names>(
  name: K,
  properties: Partial<Names[K]> = {},
  ...children: (Node | string)[]
): Names[K] {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

/** A button that does not send the form it stands in. */
export function button(text: string, press: () => void): HTMLButtonElement {
  return element('button', { type: 'button', onclick: press }, text)
}

/** A place whose new text is read aloud where a screen is read: at once (`alert`), or when there is a pause. */
export function announcer(role: 'status' | 'alert'): HTMLElement {
  const place = element('p', { className: role })
  place.setAttribute('role', role)
  return place
}
