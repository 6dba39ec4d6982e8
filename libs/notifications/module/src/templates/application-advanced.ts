import { application, words } from './facts.ts'
import { action, template, text } from './template.ts'

export const applicationAdvanced = template({
  type: 'application-advanced',
  facts: application.extend({ toStage: words }),
  inApp: ({ title, companyName, toStage }) => ({
    title: `Your application for ${title} moved on`,
    body: `${companyName}: ${meaning(toStage)}`,
  }),
  mail: ({ title, companyName, postingId, toStage }, links) => ({
    subject: `Your application for ${title} moved on`,
    preheader: `News from ${companyName}.`,
    blocks: [
      text(`Your application for ${title} at ${companyName} has moved on: ${meaning(toStage)}`),
      action('See the job', links.posting(postingId)),
    ],
  }),
})

const meanings: Record<string, string> = {
  screening: 'your documents are being read.',
  interview: 'you are invited to an interview.',
  offer: 'they would like to make you an offer.',
}

const meaning = (stage: string) => meanings[stage] ?? `the stage is now “${stage}”.`
