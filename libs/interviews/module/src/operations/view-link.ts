import { Fault, faults } from '@cenopie/platform-contract'
import type { Prisma } from '../data/client.ts'
import { viewByLink } from '../data/link-view.ts'
import { hashToken } from '../domain/personal-link.ts'
import { requireLive } from './link-access.ts'
import type { Operations } from './types.ts'

export function viewLink(prisma: Prisma): Operations<'viewLink'> {
  return {
    async viewLink({ token }) {
      const now = new Date()
      const found = await viewByLink(prisma, hashToken(token), now)
      if (!found) throw new Fault(faults.notFound)
      requireLive(found.linkExpiresAt, now)
      return found.view
    },
  }
}
