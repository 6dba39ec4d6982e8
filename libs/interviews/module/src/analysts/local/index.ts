import model from 'wink-eng-lite-web-model/package.json' with { type: 'json' }
import { AnalysisError, type Analysis, type AnalysisInput, type Analyst } from '../../domain/analyst.ts'
import { measure, type Measures } from './measures.ts'
import { loadReader, type Reader, type Sentence } from './reading.ts'
import { count, scoreCriterion } from './score.ts'

/** Fewer words than this are no answer. */
const fewestWords = 5

/** English prose holds 40–60 % function words; a text of 20 words or more below this share is not English prose. */
const leastFunctionWords = 0.12

/**
 * Reads answers with a small English language model in this process: no network, no cost, the same answer always the
 * same score. It matches words and structure and does not judge whether a claim is true. The formula is documented at
 * `scoreCriterion`; `promptVersion` names it.
 */
export function localAnalyst(): Analyst {
  let reader: Promise<Reader> | undefined
  return {
    name: 'local',
    model: `${model.name}@${model.version}`,
    promptVersion: 'lexical-2',
    async analyse(input, { signal }) {
      if (!/^en\b/i.test(input.language)) throw unsupported(`The language "${input.language}"`)
      reader ??= loadReader()
      const read = await reader
      signal.throwIfAborted()
      return analyse(input, read)
    },
  }
}

function analyse(input: AnalysisInput, read: Reader): Analysis {
  const answered = original(read(input.answer))
  const words = answered.flatMap((sentence) => sentence.words)
  if (words.length < fewestWords) return unanswered(input, words.length)
  if (words.length >= 20 && words.filter(({ stop }) => stop).length / words.length < leastFunctionWords) {
    throw unsupported('A text that does not read as English')
  }
  const sentences = withoutQuestion(answered, read(input.question))
  const measures = measure(sentences)
  const criteria = input.criteria.map((criterion) => scoreCriterion(criterion, read, sentences, measures))
  return { criteria, summary: summarise(input, criteria, measures) }
}

/** A sentence said twice counts once. */
function original(sentences: readonly Sentence[]): Sentence[] {
  const said = sentences.map(({ words }) => words.map(({ text }) => text).join(' '))
  return sentences.filter((_, at) => said.indexOf(said[at] ?? '') === at)
}

/** Repeating the question is no answer: sentences whose content words are nearly all in it do not count. */
function withoutQuestion(sentences: readonly Sentence[], question: readonly Sentence[]): Sentence[] {
  const asked = new Set(question.flatMap(({ words }) => words.map(({ lemma }) => lemma)))
  return sentences.filter(({ words }) => {
    const content = words.filter(({ stop }) => !stop)
    return (
      content.length === 0 || content.filter(({ lemma }) => asked.has(lemma)).length / content.length < 0.8
    )
  })
}

function unanswered({ criteria }: AnalysisInput, words: number): Analysis {
  const reason =
    words === 0 ? 'The answer is empty.' : `With ${count(words, 'word')} there is nothing to assess.`
  return {
    criteria: criteria.map(({ id }) => ({ criterionId: id, score: 0, rationale: reason, quotes: [] })),
    summary: reason,
  }
}

function summarise(input: AnalysisInput, criteria: Analysis['criteria'], measures: Measures): string {
  const named = (score: number) =>
    input.criteria
      .filter((_, at) => criteria[at]?.score === score)
      .map(({ name }) => name)
      .join(', ')
  const scores = criteria.map(({ score }) => score)
  const best = Math.max(...scores)
  const least = Math.min(...scores)
  return [
    `${count(measures.words, 'word')}, ${count(measures.figures, 'figure')}, ${count(measures.actions, 'first-person action')};`,
    measures.situation ? 'a situation is told,' : 'no situation is told,',
    measures.result ? 'a result is reported.' : 'no result is reported.',
    best === least
      ? `Every criterion scores ${best} of 4.`
      : `Strongest: ${named(best)} (${best} of 4). Weakest: ${named(least)} (${least} of 4).`,
    'Words and structure were matched; whether the claims are true was not judged.',
  ].join(' ')
}

function unsupported(what: string): AnalysisError {
  return new AnalysisError(
    'language-unsupported',
    `${what} cannot be scored by the local analyst, which reads English.`,
  )
}
