import { auth } from '@cenopie/auth'
import { interviews } from '@cenopie/interviews'
import { jobs } from '@cenopie/jobs'
import { notifications } from '@cenopie/notifications'
import { serve } from '@cenopie/platform-runtime'
import { users } from '@cenopie/users'

await serve({ name: 'api', modules: [auth, users, jobs, interviews, notifications] })
