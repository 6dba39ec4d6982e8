import { Histogram, Registry, collectDefaultMetrics } from 'prom-client'

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
