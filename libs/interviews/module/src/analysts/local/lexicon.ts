/** Words that say how a rubric speaks, not what an answer must hold: "explains the trade-off" asks for a trade-off. */
export const rubricWords = new Set(
  (
    'answer candidate clear clearly concrete concretely demonstrate describe detail discuss example explain ' +
    'evidence give good identify include mention name own present provide relevant show specific specifically ' +
    'state strong talk tell understand use what who why how'
  ).split(' '),
)

/** Nouns that name nothing in particular. */
export const vagueNouns = new Set(
  'anything bit everyone everything kind lot one other part people person someone something sort stuff thing time way'.split(
    ' ',
  ),
)

/** Verbs of opinion and state: "I think", "I was" are no actions. */
export const stateVerbs = new Set(
  'be believe can could feel get guess have hope know like love may might must need seem should think try want will would'.split(
    ' ',
  ),
)

export const connectives = new Set(
  (
    'after also although because before consequently finally first firstly furthermore hence however instead later ' +
    'meanwhile moreover next second secondly since so then therefore though thus whereas while'
  ).split(' '),
)

/** Openings of a story: when, where, what was wrong. */
export const situationWords = new Set(
  'ago challenge context customer during incident issue last previous problem project situation team when year'.split(
    ' ',
  ),
)

/** Words that report what came of it. */
export const resultWords = new Set(
  (
    'achieve consequence decrease deliver drop effect fall gain grow halve impact improve increase learn lesson outcome ' +
    'reduce result save ship shrink solve succeed win'
  ).split(' '),
)

/**
 * What an indicator's word may look like in an answer. A rubric asks for "a measurable result"; an answer says
 * "cut latency by 40%". Left: lemmas of indicators; right: lemmas of answers; `#` stands for any figure and
 * `I+` for an action told in the first person.
 */
const conceptRows: readonly (readonly [indicator: string, evidence: string])[] = [
  [
    'measure measurable metric figure number quantify quantified quantitative data',
    '# measure metric percent benchmark',
  ],
  ['result outcome impact effect', [...resultWords].join(' ')],
  ['action ownership initiative responsibility responsible accountable', 'I+'],
  ['situation context background', [...situationWords].join(' ')],
  ['reason reasoning cause rationale root', 'because since reason cause therefore why'],
  [
    'trade-off tradeoff alternative option compare',
    'alternative option instead versus although however rather trade-off tradeoff cost',
  ],
  [
    'learn lesson reflect reflection retrospective',
    'learn lesson realize realise retrospective postmortem differently mistake',
  ],
  [
    'collaborate collaboration team teamwork cooperation',
    'team together colleague we pair collaborate partner',
  ],
  [
    'communicate communication stakeholder align',
    'explain present communicate stakeholder discuss agree align inform meeting',
  ],
  ['conflict disagreement disagree', 'disagree conflict argue tension compromise objection'],
  [
    'plan prioritise prioritize priority',
    'plan priority prioritise prioritize roadmap first deadline schedule',
  ],
  ['test testing verify verification validate', 'test verify validate check experiment benchmark reproduce'],
  ['customer user client', 'customer user client'],
  ['feedback', 'feedback review ask listen'],
  ['risk', 'risk rollback fallback mitigate failure backup'],
  ['mentor mentoring coach', 'mentor coach teach onboard pair'],
]

export const concepts: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  conceptRows.flatMap(([indicator, evidence]) => {
    const words = new Set(evidence.split(' '))
    return indicator.split(' ').map((word) => [word, words] as const)
  }),
)
