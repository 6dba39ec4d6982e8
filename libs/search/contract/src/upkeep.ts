import { operation, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'

export const indexNames = ['postings', 'people', 'blocks'] as const
export const IndexName = z.enum(indexNames)
export type IndexName = z.infer<typeof IndexName>

const number = z.int().min(0).max(1_000_000_000)
const difference = z.object({
  count: number,
  sample: z.array(z.string().max(80)).max(10).describe('Ids of some of them'),
})

/** How far the index is from what the owning domain says. */
export const Drift = z
  .object({
    index: IndexName,
    checkedAt: timestamp,
    source: number.describe('Entities of the owning domain'),
    missing: difference.describe('There, and not in the index'),
    stale: difference.describe('In the index as an older version'),
    extra: difference.describe('In the index, and not there'),
  })
  .meta({ id: 'SearchDrift' })
export type Drift = z.infer<typeof Drift>

export const reindex = operation({
  method: 'POST',
  path: '/internal/v1/search/reindex',
  summary: 'Build an index anew beside the one in use, then swap them',
  description: 'Goes on in the background; while one is under way, another request changes nothing.',
  access: 'internal',
  input: { index: IndexName },
  output: z.object({ started: z.boolean() }),
  status: 202,
  repeatable: true,
})

export const getIndexes = operation({
  method: 'GET',
  path: '/internal/v1/search/indexes',
  summary: 'State of the indexes, and what their last rebuild found',
  access: 'internal',
  input: {},
  output: z.object({
    items: z
      .array(
        z.object({
          index: IndexName,
          builtAt: timestamp.optional().describe('Left out until it was built once'),
          building: z.boolean(),
          copied: number.describe('Entities that the rebuild under way has read so far'),
          drift: Drift.optional().describe('Found by the last rebuild or the last check'),
        }),
      )
      .max(indexNames.length),
  }),
})

export const checkDrift = operation({
  method: 'POST',
  path: '/internal/v1/search/drift',
  summary: 'Compare an index with the domain that owns what is in it',
  description: 'Reads all of it, page by page, in the background; `getIndexes` tells what was found.',
  access: 'internal',
  input: { index: IndexName },
  output: z.object({ started: z.boolean() }),
  status: 202,
  repeatable: true,
})
