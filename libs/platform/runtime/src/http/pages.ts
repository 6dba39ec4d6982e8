import type { AnyOperation, PageNeeds } from '@cenopie/platform-contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { html } from '../pages/html.ts'
import { htmlPage } from '../pages/page.ts'
import { pagePolicy } from '../pages/policy.ts'
import type { Problem } from '../problem.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Of what this route answers when all goes well; JSON when left out. */
    mediaType?: AnyOperation['mediaType'] | undefined
  }
}

/** Pages come from links with secrets in them: nothing keeps them, and no other site learns where they were. */
export function sendPage(reply: FastifyReply, page: string, needs?: PageNeeds): FastifyReply {
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .headers(pagePolicy(needs))
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-store')
    .send(page)
}

/** A browser on a route of pages. A wildcard does not count: clients of the API send it and read problems. */
export function wantsPage(request: FastifyRequest): boolean {
  if (request.routeOptions.config?.mediaType !== 'text/html') return false
  return (request.headers.accept ?? '').split(',').some((range) => {
    const [type, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    return type === 'text/html' && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))
  })
}

export function problemPage(problem: Problem, sentForm: boolean): string {
  const { title, detail, errors, code, requestId } = problem
  return htmlPage(
    title,
    errors
      ? html`<ul>
          ${errors.map(({ field, message }) => html`<li>${field}: ${message}</li>`)}
        </ul>`
      : detail === undefined
        ? html``
        : html`<p>${detail}</p>`,
    sentForm ? html`<p>Go back in your browser to change what you entered and try again.</p>` : html``,
    html`<p class="small">Code: <code>${code}</code><br />Request: <code>${requestId}</code></p>`,
  )
}
