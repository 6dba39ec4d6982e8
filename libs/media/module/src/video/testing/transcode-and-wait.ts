import { openVideoTools } from '../index.ts'

/** A worker of its own for the spec to kill: transcodes its first argument to its second. */
const [input = '', output = ''] = process.argv.slice(2)
const tools = await openVideoTools()
await tools.transcode(input, output, await tools.probe(input))
