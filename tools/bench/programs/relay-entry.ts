import { newId } from '@cenopie/platform-database'

/** Of the size that events of the platform have. */
export const payload = {
  postingId: '0199f0a0-0000-7000-8000-000000000001',
  title: 'Backend engineer who measures before and after each change, and writes down what came of it',
}

export const meta = {
  actor: { kind: 'service', name: 'bench' },
  requestId: '0'.repeat(32),
  traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`,
}

/** A job as the relay makes it of an entry. */
export function jobOf(name: string, consumer: string) {
  const id = newId()
  const source = { source: 'source', consumer, name, version: 1, entity: { id, version: 1 } }
  return {
    name,
    data: { id, ...source, occurredAt: new Date().toISOString(), meta, payload },
    opts: { jobId: `${id}.${consumer}`, attempts: 1_000, backoff: { type: 'custom' } },
  }
}
