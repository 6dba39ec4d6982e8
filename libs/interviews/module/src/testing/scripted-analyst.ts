import type { Analysis, AnalysisInput, AnalysisOptions, Analyst } from '../domain/analyst.ts'

type Script = (input: AnalysisInput, options: AnalysisOptions) => Promise<Analysis>

export interface ScriptedAnalyst extends Analyst {
  /** Every input it was given, in order. */
  readonly asked: { input: AnalysisInput; options: AnalysisOptions }[]
  /** What it does from now on. */
  play(script: Script): void
}

/** An analyst that does what the test says; by default it finds everything solid. */
export function scriptedAnalyst(): ScriptedAnalyst {
  let script: Script = (input) => Promise.resolve(solid(input))
  const asked: ScriptedAnalyst['asked'] = []
  return {
    name: 'scripted',
    model: 'script-1',
    promptVersion: 'prompt-7',
    asked,
    play(next) {
      script = next
    },
    analyse(input, options) {
      asked.push({ input, options })
      return script(input, options)
    },
  }
}

/** Three of four for every criterion, quoting the answer's first words. */
export function solid({ answer, criteria }: AnalysisInput): Analysis {
  const text = answer.split(' ').slice(0, 3).join(' ')
  return {
    criteria: criteria.map(({ id }) => ({
      criterionId: id,
      score: 3,
      rationale: 'It is told.',
      quotes: [{ text }],
    })),
    summary: 'A solid answer.',
    cost: { inputTokens: 100, outputTokens: 20, amountUsd: 0.001 },
  }
}
