import type { CompanyPosting } from '@cenopie/jobs-contract'

/** What other domains hear of a published posting. */
export function postingFacts({ id, version, publishedAt, expiresAt, ...rest }: CompanyPosting) {
  if (publishedAt === undefined || expiresAt === undefined) throw new Error(`posting ${id} has no dates`)
  return {
    entity: { id, version },
    payload: { ...rest, postingId: id, publishedAt, expiresAt },
  }
}
