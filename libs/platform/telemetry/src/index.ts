export { createLogger, type Logger } from './log.ts'
export { childSpan, requestIdFrom, traceparentFrom } from './trace.ts'
export { metrics, requestDuration } from './metrics.ts'
