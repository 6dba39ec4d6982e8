export { platformConfig } from './config.ts'
export type { Environment, PlatformConfig } from './config.ts'
export { addressed, connect } from './connect.ts'
export { audience } from './identity/access-token.ts'
export * from './module.ts'
export { openApi } from './openapi.ts'
export { startPlatform } from './platform.ts'
export type { Platform } from './platform.ts'
export { problemOf, statusOf } from './problem.ts'
export type { Problem } from './problem.ts'
export { jsonSchemaOf } from './schemas.ts'
export { serve } from './serve.ts'

/** The folder of SQL for this library's own table in every module's schema. */
export const runtimeTables = new URL('../sql/', import.meta.url)
