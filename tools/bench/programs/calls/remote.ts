/** Reads from the echo service at `URL`, each call with a context of its own. */
import { connect, internalTokens } from '@cenopie/platform-runtime'
import { answerRuns } from '../answer-runs.ts'
import { concurrently } from './concurrently.ts'
import { context } from './context.ts'
import { echoContract, input } from './echo.ts'

const tokens = internalTokens('cenopie-development', 'bench')
const client = connect(echoContract, process.env['URL'] ?? '', tokens)

answerRuns((calls) => concurrently(calls, () => client.read({ noteId: input.note.id }, context())))
