export { blockedOrDone } from './blocked-or-done.ts'
export { databaseSecret, freshDatabase, freshRedis, type Fresh } from './fresh.ts'
export { faultProxy, type FaultProxy } from './fault-proxy.ts'
export { anonymousCall, callBy, membersOf, serviceCall, userActor, userCall } from './callers.ts'
export { fake } from './fake.ts'
export {
  testModule,
  type HttpAnswer,
  type HttpRequest,
  type TestModule,
  type TestModuleOptions,
} from './test-module.ts'
