import { TranscriptionError } from '../../domain/transcriber.ts'

/** Debian packages of what npm does not ship. */
const packages: Readonly<Record<string, string>> = {
  ffmpeg: 'ffmpeg',
  pocketsphinx_continuous: 'pocketsphinx pocketsphinx-en-us',
}

/** Says which program is missing, with the one line that installs it where that is known. */
export function programMissing(program: string, cause: Error): TranscriptionError {
  const message = `${program} is missing.${installLine(program)}`
  return new TranscriptionError('program-missing', message, { cause })
}

/** ` Install it with: …`, or nothing for a program of the operator's own. */
export function installLine(program: string): string {
  const names = packages[program]
  return names === undefined
    ? ''
    : ` Install it with: sudo apt-get install --yes --no-install-recommends ${names}`
}
