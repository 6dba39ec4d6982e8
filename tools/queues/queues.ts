/** `npm run queues`: what waits in the background, and what an operator does about it. */
import { queuesCommand } from './command.ts'

process.exitCode = await queuesCommand(process.argv.slice(2), {
  env: process.env,
  print: (text) => console.log(text),
  complain: (text) => console.error(text),
})
