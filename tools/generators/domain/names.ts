import { names } from '@nx/devkit'
import { platformConfig } from '@cenopie/platform-runtime'

/** What the templates call things. */
export type DomainNames = ReturnType<typeof domainNames>

/** Words that the generated code uses for something else, or that the language keeps. */
const spokenFor = [
  ...[
    'call',
    'created',
    'database',
    'event',
    'fault',
    'faults',
    'id',
    'operation',
    'outbox',
    'page',
    'paging',
  ],
  ...['prisma', 'row', 'step', 'timestamp', 'title', 'z'],
  ...['await', 'break', 'case', 'catch', 'class', 'const', 'continue', 'debugger', 'default', 'delete', 'do'],
  ...[
    'else',
    'enum',
    'export',
    'extends',
    'false',
    'finally',
    'for',
    'function',
    'if',
    'import',
    'in',
    'new',
  ],
  ...[
    'instanceof',
    'interface',
    'let',
    'null',
    'package',
    'private',
    'protected',
    'public',
    'return',
    'static',
  ],
  ...['super', 'switch', 'this', 'throw', 'true', 'try', 'typeof', 'var', 'void', 'while', 'with', 'yield'],
]
/** `CENOPIE_LOG_LEVEL` is the platform's: a domain `log` with a setting `level` would read it too. */
const settings = Object.keys(platformConfig.shape).map((key) => key.replace(/[A-Z].*/, ''))
const reserved = new Set([...spokenFor, ...settings, 'data', 'health', 'platform', 'problems'])

/**
 * All names that follow from a domain's and, if it is given, its entity's. Throws one line that says what a name must
 * be.
 */
export function domainNames(domain: string, given?: string) {
  if (!/^[a-z][a-z0-9]{1,29}$/.test(domain)) {
    throw new Error(
      `"${domain}" cannot name a domain: one word of 2 to 30 small letters and digits, for it names a schema and variables too.`,
    )
  }
  const kebab = given ?? singularOf(domain)
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(kebab) || kebab.length > 40)
    throw new Error(`"${kebab}" cannot name an entity: small letters, digits and hyphens, like saved-search.`)
  const kebabs = pluralOf(kebab)
  const [one, many] = [names(kebab), names(kebabs)]
  const word = [domain, one.propertyName, many.propertyName].find((name) => reserved.has(name))
  if (word) throw new Error(`"${word}" is reserved: the platform or the language uses it for something else.`)
  if (many.propertyName === one.propertyName || one.propertyName === domain)
    throw new Error(`"${kebab}" must differ from its plural and from the domain: name it with --entity.`)
  const words = kebab.replaceAll('-', ' ')
  const manyWords = kebabs.replaceAll('-', ' ')
  const article = /^[aeiou]/.test(kebab) ? 'an' : 'a'
  return {
    domain,
    Domain: capital(domain),
    entity: one.propertyName,
    Entity: one.className,
    entities: many.propertyName,
    Entities: many.className,
    file: kebab,
    files: kebabs,
    table: kebab.replaceAll('-', '_'),
    words,
    manyWords,
    Words: capital(manyWords),
    a: article,
    A: capital(article),
    path: kebabs === domain ? `/api/v1/${domain}` : `/api/v1/${domain}/${kebabs}`,
  }
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

/** What a domain with a plural for a name keeps; any other keeps items. */
function singularOf(domain: string): string {
  if (/[^s]ies$/.test(domain)) return domain.replace(/ies$/, 'y')
  if (/(s|x|ch|sh)es$/.test(domain)) return domain.replace(/es$/, '')
  return /[^s]s$/.test(domain) ? domain.replace(/s$/, '') : `${domain}-item`
}

function pluralOf(word: string): string {
  if (/[^aeiou]y$/.test(word)) return word.replace(/y$/, 'ies')
  return /(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`
}
