import { createHash } from 'node:crypto'
import type { PageNeeds } from '@cenopie/platform-contract'
import { style } from './page.ts'

const digest = createHash('sha256').update(style).digest('base64')

/** What a browser may do with a page: show it with its own style, send its forms to this origin, and what it needs. */
export function pagePolicy(needs?: PageNeeds): Record<string, string> {
  const { scripts, devices = [] } = needs ?? {}
  const own = scripts ? " 'self'" : ''
  return {
    'content-security-policy': [
      "default-src 'none'",
      `style-src 'sha256-${digest}'${own}`,
      // `blob:` is what was just recorded, before it is sent.
      ...(scripts ? ["script-src 'self'", "connect-src 'self'", "media-src 'self' blob:"] : []),
      ...(scripts ? ["require-trusted-types-for 'script'"] : []),
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'permissions-policy': (['camera', 'microphone'] as const)
      .map((device) => `${device}=(${devices.includes(device) ? 'self' : ''})`)
      .join(', '),
  }
}
