import type { Snapshots } from '../data/snapshots.ts'

/** What another domain reads to build its own copy from nothing. */
export function snapshotOperations({ profiles, blocks }: Snapshots) {
  return { snapshotProfiles: profiles, snapshotBlocks: blocks }
}
