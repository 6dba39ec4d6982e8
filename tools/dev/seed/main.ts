/** `node tools/dev/seed/main.ts API MAIL`: fills an empty platform with a small data set, through its public API. */
import { Mailbox } from '@cenopie/e2e'
import { companies } from './companies.ts'
import { candidates } from './people.ts'
import { plantCandidate, plantCompany } from './plant.ts'

const [url, mail] = process.argv.slice(2)
if (url === undefined || mail === undefined) throw new Error('Usage: node tools/dev/seed/main.ts API MAIL')
const target = { url, mailbox: new Mailbox(mail) }

try {
  await Promise.all([
    ...companies.map((company) => plantCompany(target, company)),
    ...candidates.map((candidate) => plantCandidate(target, candidate)),
  ])
} catch (error) {
  process.stderr.write(`Seeding failed: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
