import { serve } from '@cenopie/platform-runtime'
import { modules } from './modules.ts'

await serve({ name: 'media-service', modules })
