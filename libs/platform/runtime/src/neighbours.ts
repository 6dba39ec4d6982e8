import type { Client, Contract } from '@cenopie/platform-contract'
import { clientOf } from './client.ts'
import type { Method } from './client.ts'
import { variable } from './config.ts'
import { connect } from './connect.ts'
import type { InternalTokens } from './identity/internal-token.ts'
import type { PlatformOptions } from './platform.ts'
import type { Rehearsal } from './rehearsal.ts'

export interface Surroundings {
  /** The modules of this process by name, filled in when they are bound: they may need each other in a circle. */
  here: ReadonlyMap<string, Client<Contract>>
  /** Names of the modules that will be there. */
  expected: ReadonlySet<string>
  tokens: InternalTokens
  rehearsal: Rehearsal | undefined
}

/** How the modules of one process reach a domain: in the process, or over one connection that they share. */
export function neighbours(
  { env, log, remotes }: PlatformOptions,
  { here, expected, tokens, rehearsal }: Surroundings,
): (contract: Contract) => Client<Contract> {
  const known = new Map<string, Client<Contract>>()

  function reach(contract: Contract): Client<Contract> {
    const { name } = contract
    const url = env[variable(name, 'url')]
    if (url && !URL.canParse(url)) throw new Error(`${variable(name, 'url')} is no URL`)
    // Whether a domain that is not here has an address is checked when every module has said what it needs.
    if (url && !expected.has(name)) return connect(contract, url, tokens, { log, rehearsal })
    const late = clientOf(contract, (key) => (input, call) => (here.get(name)?.[key] as Method)(input, call))
    return rehearsal?.client(contract, late) ?? late
  }

  return (contract) => {
    const { name } = contract
    const client = remotes?.[name] ?? known.get(name) ?? reach(contract)
    known.set(name, client)
    return client
  }
}
