import { search } from '@cenopie/search'

/** What this service runs, and whose schemas its migrations bring up to date. */
export const modules = [search]
