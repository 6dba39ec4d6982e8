/**
 * Text of other people for places that hold one line: subjects, display names, titles. Line breaks would start a new
 * header (CWE-93); invisible direction marks make a text read differently from what it is (CVE-2021-42574).
 */
export function oneLine(text: string, max = 200): string {
  const flat = text
    .replaceAll(/[\u202A-\u202E\u2066-\u2069\u200E\u200F]/g, '')
    .replaceAll(/[\p{Cc}\u2028\u2029\s]+/gu, ' ')
    .trim()
  const characters = Array.from(flat)
  return characters.length <= max ? flat : `${characters.slice(0, max - 1).join('')}…`
}
