import type { jobsContract } from '@cenopie/jobs-contract'
import type { Output } from '@cenopie/platform-contract'
import type { usersContract } from '@cenopie/users-contract'

export type PostingRow = Output<(typeof jobsContract)['operations']['snapshotPostings']>['items'][number]
export type ProfileRow = Output<(typeof usersContract)['operations']['snapshotProfiles']>['items'][number]

/** A made-up labour market, the same for the same seed. Words follow Zipf's law, as they do in real text. */
export interface Market {
  posting(at: number): PostingRow
  profile(at: number): ProfileRow
  /** What somebody might look for in postings or people: words of one of them. */
  query(kind: 'postings' | 'people', at: number): string
  /** The same with a letter swapped, doubled or left out in its longest word. */
  misspelt(query: string): string
}

const roles =
  'engineer developer designer manager analyst scientist nurse teacher accountant consultant architect administrator technician recruiter writer electrician pharmacist lawyer driver researcher'.split(
    ' ',
  )
const fields =
  'backend|frontend|data|platform|security|mobile|cloud|sales|product|marketing|finance|quality|network|embedded|customer success|legal|clinical|supply chain|automation|game|hardware|payroll|content|operations|research|logistics|robotics|billing|search|infrastructure'.split(
    '|',
  )
const grades = ['Junior', 'Senior', 'Lead', 'Principal', '', '', '', '']
const knownSkills =
  'TypeScript JavaScript Python Java Rust PostgreSQL Kubernetes React Docker Excel SQL Kotlin AWS Figma Salesforce Terraform Linux Swift Photoshop SAP'.split(
    ' ',
  )
const knownCities =
  'Berlin, Germany|London, United Kingdom|Paris, France|Madrid, Spain|Amsterdam, Netherlands|Zurich, Switzerland|Vienna, Austria|Warsaw, Poland|Lisbon, Portugal|Stockholm, Sweden'.split(
    '|',
  )
const common =
  'the and you will with our team work for experience to of in we are your as skills working strong knowledge develop support business role new customers projects ability years good communication company solutions environment'.split(
    ' ',
  )
const firstNames =
  'Ada Grace Alan Edsger Barbara Donald Frances Niklaus Radia Tony Margaret Dennis Katherine Ken Hedy Linus Mary John Anna Peter'.split(
    ' ',
  )
const syllables =
  'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo yu za tri sta plo gra men tor val sen lin'.split(
    ' ',
  )

const day = 86_400_000
const workplaces = ['onsite', 'hybrid', 'remote', 'remote'] as const
const employments = ['full-time', 'full-time', 'full-time', 'part-time', 'contract', 'internship'] as const

export function market(seed = 1, now = Date.now()): Market {
  const vocabulary = Array.from({ length: 20_000 }, (_, at) => common[at] ?? invented(at))
  const skills = Array.from({ length: 400 }, (_, at) => knownSkills[at] ?? invented(at * 37 + 11))
  const cities = Array.from(
    { length: 300 },
    (_, at) => knownCities[at] ?? `${capital(invented(at * 41 + 7))}, Sweden`,
  )
  const companies = Array.from({ length: 3000 }, (_, at) => `${capital(invented(at * 3 + 5))} Works`)
  const surnames = Array.from({ length: 4000 }, (_, at) => capital(invented(at * 5 + 2)))

  const draw = (kind: number, at: number) => random(seed * 7919 + kind * 104_729 + at)
  const some = (next: () => number, most: number) => [
    ...new Set(Array.from({ length: 2 + Math.floor(next() * most) }, () => zipf(next, skills))),
  ]
  const job = (next: () => number) => `${pick(next, fields)} ${pick(next, roles)}`

  function posting(at: number): PostingRow {
    const next = draw(1, at)
    const company = Math.floor(3000 ** next()) - 1
    const published = now - next() * 60 * day
    const min = 30_000 + Math.floor(next() * 60) * 1000
    return {
      version: 2,
      postingId: uuid(1, at),
      companyId: uuid(2, company),
      companyName: companies[company] ?? 'Works',
      title: capital(`${pick(next, grades)} ${job(next)}`.trim()),
      description: Array.from({ length: 120 }, () => zipf(next, vocabulary)).join(' '),
      location: zipf(next, cities),
      workplace: pick(next, workplaces),
      employment: pick(next, employments),
      skills: some(next, 6),
      ...(next() < 0.5 && { pay: { currency: 'EUR', min, max: min + 20_000, period: 'year' as const } }),
      publishedAt: new Date(published).toISOString(),
      expiresAt: new Date(published + 90 * day).toISOString(),
    }
  }

  function profile(at: number): ProfileRow {
    const next = draw(2, at)
    const shown = next() < 0.3 ? 'public' : 'members'
    const section = () => (next() < 0.1 ? 'private' : shown)
    return {
      version: 1,
      userId: uuid(3, at),
      name: `${zipf(next, firstNames)} ${zipf(next, surnames)}`,
      headline: capital(`${pick(next, grades)} ${job(next)}`.trim()),
      location: zipf(next, cities),
      openToWork: next() < 0.3,
      skills: some(next, 8),
      visibility: {
        profile: shown,
        location: section(),
        about: shown,
        experience: shown,
        education: shown,
        skills: section(),
        languages: shown,
        openToWork: section(),
      },
    }
  }

  return {
    posting,
    profile,
    query(kind, at) {
      const next = draw(3, at)
      const source = Math.floor(next() * 100_000)
      const words = (text: string) => text.toLowerCase().replaceAll(',', '').split(' ')
      if (kind === 'people') {
        const { name, headline = '', location = '', skills: has } = profile(source)
        const [first = '', last = ''] = words(name)
        const [city = ''] = words(location)
        const title = words(headline).slice(-2)
        return pick(next, [[first, last], [last], title, [...title, city], [pick(next, has), city]]).join(' ')
      }
      const { title, location, skills: has, companyName } = posting(source)
      const [city = ''] = words(location)
      const short = words(title).slice(-2)
      const [skill] = words(pick(next, has))
      const forms = [
        short,
        [...short, city],
        [skill, city],
        words(title),
        [skill, short.at(-1)],
        words(companyName),
        short.slice(-1),
      ]
      return pick(next, forms).join(' ')
    },
    misspelt(query) {
      const words = query.split(' ')
      const longest = words.reduce((most, word) => (word.length > most.length ? word : most), '')
      const next = random(hash(query))
      const at = 1 + Math.floor(next() * Math.max(1, longest.length - 2))
      const [before, after] = [longest.slice(0, at), longest.slice(at)]
      const swapped = before + (after[1] ?? '') + (after[0] ?? '') + after.slice(2)
      const wrong = pick(next, [swapped, before + after.slice(1), before + (after[0] ?? '') + after])
      return words.map((word) => (word === longest ? wrong : word)).join(' ')
    },
  }
}

/** An integer's digits as syllables: pronounceable, distinct, and like no word of any language. */
function invented(at: number): string {
  let [word, rest] = ['', at + 29]
  do {
    word += syllables[rest % syllables.length]
    rest = Math.floor(rest / syllables.length)
  } while (rest > 0)
  return word
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const pick = <T>(next: () => number, from: readonly T[]) => from[Math.floor(next() * from.length)] as T
/** The n-th is drawn in proportion to 1/n. */
const zipf = <T>(next: () => number, from: readonly T[]) => from[Math.floor(from.length ** next()) - 1] as T

/** mulberry32, a small generator of even quality; public domain. */
function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 16_777_619), 2_166_136_261)
}

function uuid(kind: number, at: number): string {
  const spread = Math.imul(at + 1, 2_654_435_761) >>> 0
  const [a, b] = [spread.toString(16).padStart(8, '0'), at.toString(16).padStart(12, '0')]
  return `${a}-000${kind}-7000-8000-${b}`
}
