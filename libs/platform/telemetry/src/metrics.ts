import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

/** The process's metrics in Prometheus' text format. */
export const metrics = new Registry()
collectDefaultMetrics({ register: metrics })

/** Seconds per request; `route` is the pattern, so the number of series is bounded. */
export const requestDuration = new Histogram({
  name: 'cenopie_http_request_seconds',
  help: 'Time to answer a request',
  labelNames: ['method', 'route', 'status'] as const,
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [metrics],
})

/** Bytes of contents and feeds that were sent, and of uploads that were received. */
export const streamBytes = new Counter({
  name: 'cenopie_stream_bytes_total',
  help: 'Bytes that went through streams',
  labelNames: ['method', 'route'] as const,
  registers: [metrics],
})

/** Streams under way. */
export const streamsOpen = new Gauge({
  name: 'cenopie_streams_open',
  help: 'Streams under way',
  labelNames: ['kind'] as const,
  registers: [metrics],
})

/** Calls between modules, counted where they are made, whichever way they go. */
export const callsTotal = new Counter({
  name: 'cenopie_calls_total',
  help: 'Calls from one module to another',
  labelNames: ['caller', 'callee', 'operation'] as const,
  registers: [metrics],
})

/** Of calls to another process. */
export const retriesTotal = new Counter({
  name: 'cenopie_call_retries_total',
  help: 'Calls to a service that were tried again',
  labelNames: ['callee'] as const,
  registers: [metrics],
})

export const breakerOpen = new Gauge({
  name: 'cenopie_breaker_open',
  help: '1 while a service does not answer and is not asked',
  labelNames: ['callee'] as const,
  registers: [metrics],
})

/** Only where CENOPIE_REHEARSAL is set. */
export const rehearsedTotal = new Counter({
  name: 'cenopie_rehearsed_total',
  help: 'Calls that failed and jobs that came twice on purpose',
  labelNames: ['what'] as const,
  registers: [metrics],
})
