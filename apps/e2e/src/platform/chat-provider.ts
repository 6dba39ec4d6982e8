import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'

export interface ChatProvider {
  /** Base address for an OpenAI-compatible client. */
  url: string
  /** Requests that were answered so far, repeats included. */
  readonly answered: number
  /** From now on it answers; until then requests wait. */
  open(): void
  /** Resolves when it has answered that many. */
  hasAnswered(count: number): Promise<void>
  stop(): Promise<void>
}

interface Asked {
  messages: { content: string }[]
}
interface Task {
  answer: string
  criteria: { id: string }[]
}

/**
 * A peer that speaks OpenAI's chat completions, takes `milliseconds` for each, and scores every criterion 3 with the
 * first sentence as its quote. It is here so that work outside the platform is under way when the platform dies.
 */
export async function startChatProvider(milliseconds: number): Promise<ChatProvider> {
  let answered = 0
  const waiting = new Set<() => void>()
  const opened = Promise.withResolvers<void>()
  const server = createServer((request, response) => {
    void completionFor(request).then(async (completion) => {
      await opened.promise
      await pause(milliseconds)
      response.setHeader('content-type', 'application/json').end(JSON.stringify(completion))
      answered += 1
      for (const look of waiting) look()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    get answered() {
      return answered
    },
    open: opened.resolve,
    hasAnswered: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (answered < count) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function completionFor(request: IncomingMessage) {
  const { messages } = (await json(request)) as Asked
  const { answer, criteria } = JSON.parse(messages.at(-1)?.content ?? '') as Task
  const quotes = [answer.slice(0, answer.indexOf('.') + 1)]
  const scores = criteria.map(({ id }) => ({ criterionId: id, quotes, rationale: 'It says so.', score: 3 }))
  const message = { role: 'assistant', content: JSON.stringify({ criteria: scores, summary: 'Solid.' }) }
  return {
    id: 'completion',
    object: 'chat.completion',
    created: 0,
    model: 'peer',
    choices: [{ index: 0, finish_reason: 'stop', message }],
    usage: { prompt_tokens: 500, completion_tokens: 100, total_tokens: 600 },
  }
}
