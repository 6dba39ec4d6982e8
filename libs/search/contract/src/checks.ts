import type { Check } from '@cenopie/platform-contract'

interface Pay {
  payMin?: number | undefined
  payCurrency?: string | undefined
  payPeriod?: string | undefined
}

/** An amount says nothing without its currency and period. */
export const payComplete: Check<Pay> = {
  name: 'pay-complete',
  refuse: ({ payMin, payCurrency, payPeriod }) => {
    if (payMin === undefined) return undefined
    if (payCurrency === undefined) return { field: 'payCurrency', message: 'is required beside payMin' }
    if (payPeriod === undefined) return { field: 'payPeriod', message: 'is required beside payMin' }
    return undefined
  },
}
