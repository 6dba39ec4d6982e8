import type { JobPostingJsonLd, PostingSummary } from '@cenopie/jobs-contract'

/** Google's words for schema.org employmentType. Source: developers.google.com/search/docs, JobPosting. */
const employmentTypes = {
  'full-time': 'FULL_TIME',
  'part-time': 'PART_TIME',
  contract: 'CONTRACTOR',
  temporary: 'TEMPORARY',
  internship: 'INTERN',
} as const

/** schema.org JobPosting of an open posting. Remote work has no place, only where applicants may live. */
export function jsonLd(posting: PostingSummary & { description: string }): JobPostingJsonLd {
  const { id, companyName, title, location, workplace, skills, pay } = posting
  return {
    '@context': 'https://schema.org/',
    '@type': 'JobPosting',
    identifier: { '@type': 'PropertyValue', name: companyName, value: id },
    title,
    description: html(posting.description),
    datePosted: posting.publishedAt,
    validThrough: posting.expiresAt,
    employmentType: employmentTypes[posting.employment],
    hiringOrganization: { '@type': 'Organization', name: companyName },
    ...(workplace === 'remote'
      ? {
          jobLocationType: 'TELECOMMUTE' as const,
          applicantLocationRequirements: { '@type': 'AdministrativeArea' as const, name: location },
        }
      : {
          jobLocation: {
            '@type': 'Place' as const,
            address: { '@type': 'PostalAddress' as const, addressLocality: location },
          },
        }),
    ...(skills.length > 0 ? { skills: skills.join(', ') } : {}),
    ...(pay ? { baseSalary: salary(pay) } : {}),
    directApply: true,
  }
}

function salary({ currency, min, max, period }: NonNullable<PostingSummary['pay']>) {
  return {
    '@type': 'MonetaryAmount' as const,
    currency,
    value: {
      '@type': 'QuantitativeValue' as const,
      minValue: min,
      maxValue: max,
      unitText: period.toUpperCase(),
    },
  }
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** The property holds HTML; what the company wrote is text, so markup in it is escaped. */
function html(text: string): string {
  const escaped = text.replace(/[&<>"]/g, (character) => entities[character] ?? '')
  return escaped
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br>')}</p>`)
    .join('')
}
