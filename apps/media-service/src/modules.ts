import { media } from '@cenopie/media'

/** What this service runs, and whose schemas its migrations bring up to date. */
export const modules = [media]
