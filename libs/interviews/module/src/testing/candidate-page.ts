import { giveConsent, type Scene } from './scene.ts'

const browser = { accept: 'text/html,*/*;q=0.8' }
export const pageUrl = (token: string) => `/api/v1/interviews/pages/${token}`

/** The page of a personal link as a browser uses it. */
export function candidatePage(scene: Scene) {
  return {
    async open(token: string) {
      const { status, headers, body } = await scene.app.http({
        method: 'GET',
        url: pageUrl(token),
        headers: browser,
      })
      return { status, headers, body: String(body) }
    },

    /** Presses a button, the way browsers encode this form. */
    async press(token: string, then: string, fields: Record<string, string> = {}) {
      const form = new FormData()
      for (const [name, value] of Object.entries({ version: giveConsent.version, ...fields, then }))
        form.set(name, value.replaceAll('\n', '\r\n'))
      const encoded = new Response(form)
      const headers = { ...browser, 'content-type': encoded.headers.get('content-type') ?? '' }
      const body = await encoded.text()
      const answer = await scene.app.http({ method: 'POST', url: pageUrl(token), headers, body })
      return { status: answer.status, body: String(answer.body) }
    },
  }
}

export type CandidatePage = ReturnType<typeof candidatePage>
