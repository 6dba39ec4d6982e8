/** Addresses are compared in lower case: no provider of note tells them apart, and people mix them up. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase()
}

/** Letters and digits of a name, for use in links; `company` when it has none. At most 60 characters. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-|-$/g, '')
  return slug === '' ? 'company' : slug
}
