import { mediaContract } from '@cenopie/media-contract'
import { defineModule } from '@cenopie/platform-runtime'

/** Files of people and companies: kept, checked, and made fit to be shown. */
export const media = defineModule({
  contract: mediaContract,
  prisma: new URL('../prisma/', import.meta.url),
  start: () => ({ operations: {} }),
})
