import { defineContract } from '@cenopie/platform-contract'

export const mediaContract = defineContract({ name: 'media', operations: {}, events: {} })
