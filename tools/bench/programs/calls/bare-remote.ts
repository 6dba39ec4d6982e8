/** Reads the same JSON from the bare service at `URL` over kept-alive connections. */
import { Agent, request } from 'node:http'
import { answerRuns } from '../answer-runs.ts'
import { concurrently } from './concurrently.ts'
import { input } from './echo.ts'

const url = new URL(process.env['URL'] ?? '')
const agent = new Agent({ keepAlive: true })

function read(noteId: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ agent, host: url.hostname, port: url.port, path: `/notes/${noteId}` })
    outgoing.on('error', reject)
    outgoing.on('response', (incoming) => {
      let text = ''
      incoming.setEncoding('utf8')
      incoming.on('data', (chunk: string) => (text += chunk))
      incoming.on('end', () => resolve(JSON.parse(text)))
      incoming.on('error', reject)
    })
    outgoing.end()
  })
}

answerRuns((calls) => concurrently(calls, () => read(input.note.id)))
