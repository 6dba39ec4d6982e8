import { ensureInstalled } from '@cenopie/platform-testing/servers'

/** With what recordings are worked on. */
const forRecordings = [
  { command: 'ffmpeg' },
  { command: 'pocketsphinx_continuous', packages: ['pocketsphinx', 'pocketsphinx-en-us'] },
]
/** What speaks in tests and in the demo. */
const speech = { command: 'flite' }
/** What people open pages with. */
const browser = { command: 'chromium' }

/** Installs what recordings need if we may; tells in one line what stays missing, since all the rest goes on without. */
export async function programsForRecordings(say: (text: string) => void): Promise<void> {
  for (const program of [...forRecordings, speech])
    await ensureInstalled(program).catch((error: unknown) => say((error as Error).message))
}

/** The same for tests, which need them. Rejects with the line that installs what is missing. */
export async function programsForTests(): Promise<void> {
  for (const program of [...forRecordings, speech, browser]) await ensureInstalled(program)
}
