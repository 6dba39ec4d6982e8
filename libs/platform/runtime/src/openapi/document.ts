import type { Contract } from '@cenopie/platform-contract'
import type { JsonSchema } from '../schemas.ts'
import { describeOperation } from './operation.ts'
import { problem } from './problems.ts'
import { describeStream } from './stream.ts'

/** Prints OpenAPI 3.1 from the contracts; internal operations stay inside. */
export function openApi(contracts: readonly Contract[], publicUrl: string): JsonSchema {
  const schemas: Record<string, unknown> = { Problem: problem }
  const paths: Record<string, Record<string, unknown>> = {}
  for (const contract of contracts) {
    for (const [key, operation] of Object.entries(contract.operations)) {
      if (operation.access === 'internal') continue
      const entry = (paths[operation.path] ??= {})
      entry[operation.method.toLowerCase()] = describeOperation(contract.name, key, operation, schemas)
    }
    for (const [key, stream] of Object.entries(contract.streams ?? {})) {
      if (stream.access === 'internal') continue
      Object.assign((paths[stream.path] ??= {}), describeStream(contract.name, key, stream, schemas))
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Cenopie',
      version: '1.0.0',
      description: 'Hiring platform and professional network.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicUrl }],
    tags: contracts.map(({ name }) => ({ name })),
    paths,
    components: {
      schemas,
      securitySchemes: { accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  }
}
