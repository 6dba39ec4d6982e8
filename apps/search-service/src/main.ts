import { serve } from '@cenopie/platform-runtime'
import { modules } from './modules.ts'

await serve({ name: 'search-service', modules })
