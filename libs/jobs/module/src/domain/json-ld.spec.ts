import type { PostingSummary } from '@cenopie/jobs-contract'
import { expect, test } from 'vitest'
import { jsonLd } from './json-ld.ts'

const posting: PostingSummary & { description: string } = {
  id: '019ab1f2-0000-7000-8000-000000000001',
  companyId: '019ab1f2-0000-7000-8000-000000000002',
  companyName: 'Analytical Engines',
  companySlug: 'analytical-engines',
  title: 'Engineer',
  description: 'Care for <engines> & gears.\nDaily.\n\nWe pay well.',
  location: 'Berlin, Germany',
  workplace: 'hybrid',
  employment: 'part-time',
  skills: ['TypeScript', 'SQL'],
  pay: { currency: 'EUR', min: 50_000, max: 60_000, period: 'year' },
  publishedAt: '2026-11-23T12:00:00.000Z',
  expiresAt: '2026-12-23T12:00:00.000Z',
}

test('a posting on site is where it is, and its description is escaped HTML', () => {
  expect(jsonLd(posting)).toMatchObject({
    '@type': 'JobPosting',
    identifier: { name: 'Analytical Engines', value: posting.id },
    description: '<p>Care for &lt;engines&gt; &amp; gears.<br>Daily.</p><p>We pay well.</p>',
    datePosted: posting.publishedAt,
    validThrough: posting.expiresAt,
    employmentType: 'PART_TIME',
    jobLocation: { address: { addressLocality: 'Berlin, Germany' } },
    baseSalary: { currency: 'EUR', value: { minValue: 50_000, maxValue: 60_000, unitText: 'YEAR' } },
    skills: 'TypeScript, SQL',
  })
})

test('a remote posting has no place, only where applicants may live', () => {
  const remote = jsonLd({ ...posting, workplace: 'remote', location: 'European Union' })
  expect(remote).toMatchObject({
    jobLocationType: 'TELECOMMUTE',
    applicantLocationRequirements: { name: 'European Union' },
  })
  expect(remote).not.toHaveProperty('jobLocation')
})
