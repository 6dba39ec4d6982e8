import { migrateCommand } from '@cenopie/platform-runtime'
import { modules } from './modules.ts'

process.exitCode = await migrateCommand(modules)
