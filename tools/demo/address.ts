export interface Addresses {
  api: string
  /** Web interface and REST API of the development mail server. */
  mail: string
  queues: string
}

/** Where `npm start` puts things: mail on the next port, the queue dashboard on the one after it. */
export function platformAddress(env: Readonly<Record<string, string | undefined>>): Addresses {
  const port = Number(env['CENOPIE_PORT'] ?? 3000)
  const at = (offset: number) => `http://127.0.0.1:${port + offset}`
  return { api: at(0), mail: at(1), queues: at(2) }
}

/** Rejects with what to do when the platform or its mail server does not answer. */
export async function requirePlatform({ api, mail }: Addresses): Promise<void> {
  const [ready, inbox] = await Promise.all([answers(`${api}/health/ready`), answers(`${mail}/api/email?limit=1`)])
  if (!ready) {
    throw new Error(
      `The platform does not answer at ${api}.\n` +
        'Start it with "npm start" in another terminal; CENOPIE_PORT names another port than 3000.',
    )
  }
  if (!inbox)
    throw new Error(`The platform runs, but no mail inbox answers at ${mail}: start it with "npm start".`)
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(5000) }).then(
    ({ ok }) => ok,
    () => false,
  )
}
