import { notificationType } from '@cenopie/notifications-contract'
import { expect, test } from 'vitest'
import { catalogue, isChangeable } from '../domain/catalogue.ts'
import { linksOf } from '../domain/links.ts'
import { laterKinds, typeOf, type NotificationKind } from '../domain/kinds.ts'
import { asHtml } from '../mail/as-html.ts'
import { asText } from '../mail/as-text.ts'
import { samples } from '../test-support/samples.ts'
import { templates } from './index.ts'

const links = linksOf('https://cenopie.test')
const types: NotificationKind[] = [...notificationType.options, ...laterKinds]

function letter(type: (typeof types)[number], facts: unknown = samples[type]) {
  const content = templates[type].mail?.(facts, links)
  const unsubscribeUrl = isChangeable(typeOf(type), 'mail') ? links.unsubscribe('token.signature') : undefined
  return content && { content, name: 'Ada Lovelace', unsubscribeUrl }
}

test.each(types)('%s has words for exactly the channels it uses', (type) => {
  const { inApp, mail, type: own } = templates[type]
  const channels = [...(inApp ? ['in-app'] : []), ...(mail ? ['mail'] : [])]
  expect({ own, channels }).toEqual({ own: type, channels: catalogue[typeOf(type)].channels })
})

test.each(types)('%s reads as agreed', async (type) => {
  const mail = letter(type)
  const inApp = templates[type].inApp?.(samples[type])
  const sections = [
    ...(inApp ? [`[in-app] ${inApp.title}`, inApp.body] : []),
    ...(mail
      ? [`[mail] ${mail.content.subject}`, `[preheader] ${mail.content.preheader}`, '', asText(mail)]
      : []),
  ]
  await expect(sections.join('\n')).toMatchFileSnapshot(`golden/${type}.txt`)
})

test('the layout looks as agreed', async () => {
  const mail = letter('application-rejected')
  await expect(mail && asHtml(mail)).toMatchFileSnapshot('golden/layout.html.txt')
})

test.each(types)('%s escapes every fact in HTML and keeps titles and subjects on one line', (type) => {
  const hostile = Object.fromEntries(
    Object.entries(samples[type]).map(([key, value]) => [
      key,
      typeof value === 'string' &&
      key !== 'postingId' &&
      !/^\d{4}-|^(advance|reject|changed|human-process)$/.test(value)
        ? `"><script>x</script>\r\nBcc: ${value}`
        : value,
    ]),
  )
  const mail = letter(type, hostile)
  if (mail) {
    expect(mail.content.subject).not.toMatch(/[\r\n]/)
    expect(asHtml({ ...mail, name: '<b>"' })).not.toMatch(/<script|<b>|""?>"/)
  }
  const inApp = templates[type].inApp?.(hostile)
  if (inApp) expect(inApp.title + inApp.body).not.toMatch(/[\r\n]/)
})
