import { Fault } from '@cenopie/platform-contract'

/** `ok`, or the code of the fault that a call ended with; with the fields at fault, if it names any. */
export async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'ok'
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return [error.code, ...(error.errors ?? []).map(({ field }) => field)].join(' ')
  }
}
