import { auth } from '@cenopie/auth'
import { interviews } from '@cenopie/interviews'
import { jobs } from '@cenopie/jobs'
import { media } from '@cenopie/media'
import { notifications } from '@cenopie/notifications'
import { search } from '@cenopie/search'
import { users } from '@cenopie/users'

/** Every domain: the monolith serves them all, and migrations bring all their schemas up to date. */
export const modules = [auth, users, jobs, interviews, notifications, search, media]
