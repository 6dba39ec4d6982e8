import type { ApplicationReference } from '@cenopie/jobs-contract'

/** What every event of an application says of it. */
export function applicationFacts({ id, version, stage: _stage, ...ids }: ApplicationReference) {
  return { entity: { id, version }, ids: { applicationId: id, ...ids } }
}
