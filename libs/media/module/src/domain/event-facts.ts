import type { FileRow } from '../data/file-row.ts'

/** What every event says of its file. */
export function factsOf({ id, owner, purpose, userId, companyId }: FileRow) {
  return {
    fileId: id,
    owner,
    purpose,
    ...(userId !== null && { userId }),
    ...(companyId !== null && { companyId }),
  }
}
