export { createLogger, type Logger } from './log.ts'
export { childSpan, requestIdFrom, traceparentFrom } from './trace.ts'
export {
  breakerOpen,
  callsTotal,
  metrics,
  rehearsedTotal,
  requestDuration,
  retriesTotal,
  streamBytes,
  streamsOpen,
} from './metrics.ts'
