import { plainWord } from './transcript-word.ts'

interface Fillers {
  /** Sounds that are no words. */
  readonly hesitations: readonly string[]
  /** Phrases that mostly hold the floor; each also has honest uses, so a count of them is a hint and no more. */
  readonly phrases: readonly string[]
}

/**
 * Filled pauses as transcribers write them (Clark & Fox Tree 2002, "Using uh and um in spontaneous speaking", Cognition
 * 84), and per language a few discourse markers, chosen by judgement. "Like" and "so" are left out: a list of words
 * cannot tell their filler from their plain use.
 */
const fillers: Readonly<Record<string, Fillers>> = {
  en: { hesitations: words('uh um uhm er erm hm hmm mm'), phrases: ['you know', 'i mean'] },
  de: { hesitations: words('äh ähm öh öhm hm hmm mm ehm'), phrases: ['sozusagen', 'quasi'] },
  fr: { hesitations: words('euh heu hum hm hmm mm'), phrases: ['tu vois', 'vous voyez', 'en fait'] },
  es: { hesitations: words('eh em ehm mm hm hmm'), phrases: ['o sea', 'es que'] },
}

/** Sounds of hesitation counted where a language has no list of its own. */
const anywhere: Fillers = { hesitations: words('uh um hm hmm mm'), phrases: [] }

/** The list for a BCP 47 tag, by its primary language. */
export function fillersOf(language: string): Fillers {
  return fillers[language.toLowerCase().split('-')[0] ?? ''] ?? anywhere
}

/** Whether a word is a sound of hesitation rather than a word. */
export function isHesitation(text: string, language: string): boolean {
  return fillersOf(language).hesitations.includes(plainWord(text))
}

function words(list: string): string[] {
  return list.split(' ')
}
