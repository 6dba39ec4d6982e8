import { createHash, type Hash } from 'node:crypto'

/** The tus extension `checksum`: what the bytes of one request must hash to. */
export interface Checksum {
  algorithm: 'sha1' | 'sha256'
  digest: Buffer
}

export const checksumAlgorithms = ['sha1', 'sha256'] as const

/** Reads `Upload-Checksum: sha256 <base64>`; `invalid` for what it cannot be. */
export function readChecksum(header: string | undefined): Checksum | 'invalid' | undefined {
  if (header === undefined) return undefined
  const [name, value = '', ...rest] = header.split(' ')
  const algorithm = checksumAlgorithms.find((known) => known === name)
  const digest = Buffer.from(value, 'base64')
  if (!algorithm || rest.length > 0 || digest.length !== (algorithm === 'sha1' ? 20 : 32)) return 'invalid'
  return { algorithm, digest }
}

export const startHash = ({ algorithm }: Checksum): Hash => createHash(algorithm)
