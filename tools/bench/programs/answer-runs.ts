/** Carries out a run for every message `{ entries }` from the parent and answers with what it took, `{ ms }`. */
export function answerRuns(run: (entries: number) => Promise<number>): void {
  process.on('message', ({ entries }: { entries: number }) => {
    run(entries).then(
      (ms) => process.send?.({ ms }),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  })
  process.on('SIGTERM', () => process.exit(0))
  process.send?.({ ready: true })
}
