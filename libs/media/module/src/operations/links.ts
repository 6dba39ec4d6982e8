import { expiryOf, signGrant } from '../domain/grant.ts'

export type Links = ReturnType<typeof linksOf>

/** Addresses of what was made of a file. */
export function linksOf(publicUrl: string, secret: string) {
  return {
    /** Everything made of one file, for so many seconds at least. */
    grant(fileId: string, seconds: number) {
      const expiry = expiryOf(Date.now(), seconds)
      const base = `${publicUrl}/api/v1/media/content/${signGrant(secret, fileId, expiry)}/${fileId}`
      return {
        expiresAt: new Date(expiry).toISOString(),
        url: (name: string) => `${base}/${encodeURIComponent(name)}`,
      }
    },
  }
}
