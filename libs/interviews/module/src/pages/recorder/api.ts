import type { interviewsContract, RecordedMode } from '@cenopie/interviews-contract'
import type { Output } from '@cenopie/platform-contract'

type Operations = (typeof interviewsContract)['operations']
type Answer<K extends keyof Operations> = Promise<Output<Operations[K]>>

/** The operations behind the personal link that this page was opened with. */
const link = location.pathname.replace('/pages/', '/links/')

export const viewLink = () => call('GET', '') as Answer<'viewLink'>
export const beginTake = (questionId: string, mode: RecordedMode) =>
  call('POST', `/answers/${questionId}/takes`, { mode }) as Answer<'beginTake'>
export const beginDeviceCheck = (mode: RecordedMode) =>
  call('POST', '/device-checks', { mode }) as Answer<'beginDeviceCheck'>
export const viewDeviceCheck = (checkId: string) =>
  call('GET', `/device-checks/${checkId}`) as Answer<'viewDeviceCheck'>

/** What the server refuses, in its own words. */
export class Refusal extends Error {}

/** Milliseconds that the server's clock is ahead of this device's. */
let ahead = 0

/** Milliseconds since 1970 by the server's clock, which alone counts. */
export const serverNow = () => Date.now() + ahead

async function call(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> {
  const response = await fetch(link + path, {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new Error('The server cannot be reached. Look at your connection and try again.', { cause })
  })
  const sentAt = Date.parse(response.headers.get('date') ?? '')
  if (!Number.isNaN(sentAt)) ahead = sentAt - Date.now()
  const answer = (await response.json()) as { title?: string; detail?: string }
  if (!response.ok) throw new Refusal(answer.detail ?? answer.title)
  return answer
}
