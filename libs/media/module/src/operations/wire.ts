import type { File, FileFacts, Step } from '@cenopie/media-contract'
import type { StepRow, WholeFile } from '../data/files.ts'
import { factsOfRendition } from '../domain/rendition-facts.ts'
import { inOrder } from '../domain/steps.ts'
import type { Links } from './links.ts'

export function stepsToWire(steps: readonly StepRow[]): Step[] {
  return inOrder(steps).map(({ name, status, percent, failure }) => ({
    ...{ name, status },
    ...(status === 'running' && percent !== null && { percent }),
    ...(status === 'failed' && failure && { failure }),
  }))
}

/** A file as its uploader sees it; a file that is being erased is shown to nobody. */
export function toFile(file: WholeFile, links: Links, linkSeconds: number): File {
  const { url } = links.grant(file.id, linkSeconds)
  const { id, purpose, filename, alt, createdAt, steps, renditions } = file
  return {
    ...{ id, status: statusOf(file), purpose, filename, alt, ...foundOf(file) },
    createdAt: createdAt.toISOString(),
    steps: stepsToWire(steps),
    renditions: renditions.map((one) => ({
      ...factsOfRendition(one),
      ...{ sha256: one.sha256, url: url(one.name) },
    })),
  }
}

export function toFacts(file: WholeFile): FileFacts {
  const { id, purpose, owner, userId, companyId, filename, alt, steps, renditions } = file
  const failure = steps.find(({ status }) => status === 'failed')?.failure
  return {
    ...{ id, status: statusOf(file), purpose, owner, filename, alt, ...foundOf(file) },
    ...(userId !== null && { userId }),
    ...(companyId !== null && { companyId }),
    ...(failure && { failure }),
    renditions: renditions.map(factsOfRendition),
  }
}

const statusOf = ({ status }: WholeFile) => (status === 'erasing' ? 'erased' : status)

function foundOf({ mediaType, bytes, sha256, width, height, seconds, blurhash }: WholeFile) {
  return {
    bytes,
    ...(mediaType !== null && { mediaType }),
    ...(sha256 !== null && { sha256 }),
    ...(width !== null && { width }),
    ...(height !== null && { height }),
    ...(seconds !== null && { seconds }),
    ...(blurhash !== null && { blurhash }),
  }
}
