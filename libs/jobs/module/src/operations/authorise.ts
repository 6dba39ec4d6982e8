import type { Actor } from '@cenopie/platform-contract'
import { Fault, faults } from '@cenopie/platform-contract'
import { managedCompanies, readableCompanies } from '../domain/roles.ts'

/** @throws Fault not-found for whoever is no member, so that nobody learns what exists */
export function mustRead(actor: Actor, companyId: string): void {
  if (!readableCompanies(actor).includes(companyId)) throw new Fault(faults.notFound)
}

/** @throws Fault not-found for whoever is no member; forbidden for members whose role does not manage */
export function mustManage(actor: Actor, companyId: string): void {
  mustRead(actor, companyId)
  if (!managedCompanies(actor).includes(companyId)) throw new Fault(faults.forbidden)
}

/** What was found among the companies that the actor may read, if the actor may also change it. */
export function managed<T extends { companyId: string }>(actor: Actor, found: T | undefined): T {
  if (!found) throw new Fault(faults.notFound)
  mustManage(actor, found.companyId)
  return found
}
