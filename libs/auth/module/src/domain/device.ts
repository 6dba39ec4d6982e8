/** First match wins: Edge and Opera call themselves Chrome, and Chrome calls itself Safari. */
const browsers: readonly [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const systems: readonly [RegExp, string][] = [
  [/\b(iPhone|iPad|iPod)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]

/** What a person recognises their device by, without versions: `Firefox on Linux`. At most 80 characters. */
export function deviceName(userAgent: string | undefined | null): string {
  if (!userAgent) return 'Unknown device'
  const browser = firstOf(browsers, userAgent) ?? /^[\w.-]{1,40}/.exec(userAgent)?.[0] ?? 'Unknown client'
  const system = firstOf(systems, userAgent)
  return system ? `${browser} on ${system}` : browser
}

/** The same for as long as a person keeps browser, system and provider: what decides whether a sign-in is new. */
export function deviceFingerprint(userAgent: string | undefined, address: string | undefined): string {
  return `${deviceName(userAgent)} @ ${network(address, 24, 48)}`
}

/** The network an address belongs to: its first bits, 8 per IPv4 part and 16 per IPv6 part. */
export function network(address: string | undefined, bits4: 24 | 32, bits6: 48 | 64): string {
  if (!address) return 'unknown'
  const v4 = /(?:^|:ffff:)(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (v4)
    return v4
      .split('.')
      .slice(0, bits4 / 8)
      .join('.')
  return expand(address)
    .slice(0, bits6 / 16)
    .join(':')
}

/** All eight parts of an IPv6 address, without leading zeros. */
function expand(address: string): string[] {
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? []
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
  return [...left, ...zeros, ...right].map((part) => part.replace(/^0+(?=.)/, ''))
}

function firstOf(table: readonly [RegExp, string][], text: string): string | undefined {
  return table.find(([pattern]) => pattern.test(text))?.[1]
}
