export { databaseSecret, freshDatabase, freshRedis, type Fresh } from './fresh.ts'
