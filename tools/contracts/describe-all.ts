import { modules } from '@cenopie/api'
import { schedulesTask } from '@cenopie/platform-outbox'
import { describeModule } from '@cenopie/platform-runtime'
import type { Module, ModuleDescription } from '@cenopie/platform-runtime'

/** Every domain as its code describes it, with the task that the platform gives each. */
export async function describeAll(): Promise<ModuleDescription[]> {
  const described = await Promise.all(modules.map((module) => describeModule(module as unknown as Module)))
  return described.map((one) => ({ ...one, tasks: [...one.tasks, schedulesTask(one.name)] }))
}
