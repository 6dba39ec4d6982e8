import { interviews } from '@cenopie/interviews'

/** What this service runs, and whose schemas its migrations bring up to date. */
export const modules = [interviews]
