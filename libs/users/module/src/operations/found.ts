import { Fault, faults } from '@cenopie/platform-contract'

/** @throws Fault not-found */
export function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Fault(faults.notFound)
  return value
}
