import type { FileOwner } from '@cenopie/media-contract'
import type { MediaConfig } from '../config.ts'

const mega = 1_000_000

/** Whose room a file takes: the company's that it is for, else its uploader's, else of the thing it belongs to. */
export function accountOf(file: {
  companyId?: string | undefined
  userId?: string | undefined
  owner: FileOwner
}) {
  if (file.companyId) return `company:${file.companyId}`
  if (file.userId) return `user:${file.userId}`
  const { module, kind, id } = file.owner
  return `owner:${module}/${kind}/${id}`
}

/** Uploads an account may have begun and not ended. */
export function openUploadsOf(account: string, config: MediaConfig): number {
  return account.startsWith('company:') ? config.companyOpenUploads : config.userOpenUploads
}

/** Bytes an account may take. */
export function quotaOf(account: string, config: MediaConfig): number {
  if (account.startsWith('company:')) return config.companyQuotaMegabytes * mega
  return config.userQuotaMegabytes * mega
}
