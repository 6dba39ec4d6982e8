export { databaseSecret, freshDatabase, freshRedis, type Fresh } from './fresh.ts'
export { faultProxy, type FaultProxy } from './fault-proxy.ts'
