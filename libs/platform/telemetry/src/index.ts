export { createLogger, type Logger } from './log.ts'
export { metrics, requestDuration } from './metrics.ts'
