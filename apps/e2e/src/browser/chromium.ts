import { chromium, type Browser } from 'playwright-core'

/** What the microphone hears, and whether the person lets the page use it. The camera sees a test picture. */
export interface Devices {
  /** Path of a WAV, heard once from when the microphone is opened. */
  voice?: string
  allowed: boolean
}

/** Debian's Chromium without a window, with a camera and a microphone that are files. */
export function openBrowser({ voice, allowed }: Devices): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
      ...['--use-fake-device-for-media-stream', `--use-fake-ui-for-media-stream${allowed ? '' : '=deny'}`],
      ...(voice === undefined ? [] : [`--use-file-for-fake-audio-capture=${voice}%noloop`]),
    ],
  })
}
