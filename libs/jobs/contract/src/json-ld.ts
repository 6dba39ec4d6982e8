import { z } from 'zod'

const string = z.string().max(20_000)

/** schema.org JobPosting, the properties that search engines read. Source: https://schema.org/JobPosting */
export const JobPostingJsonLd = z
  .object({
    '@context': z.literal('https://schema.org/'),
    '@type': z.literal('JobPosting'),
    identifier: z.object({ '@type': z.literal('PropertyValue'), name: string, value: string }),
    title: string,
    description: z.string().max(200_000).describe('HTML, made from the escaped plain text'),
    datePosted: string,
    validThrough: string,
    employmentType: string,
    hiringOrganization: z.object({ '@type': z.literal('Organization'), name: string }),
    jobLocation: z
      .object({
        '@type': z.literal('Place'),
        address: z.object({ '@type': z.literal('PostalAddress'), addressLocality: string }),
      })
      .optional(),
    jobLocationType: z.literal('TELECOMMUTE').optional(),
    applicantLocationRequirements: z
      .object({ '@type': z.literal('AdministrativeArea'), name: string })
      .optional(),
    skills: string.optional(),
    baseSalary: z
      .object({
        '@type': z.literal('MonetaryAmount'),
        currency: string,
        value: z.object({
          '@type': z.literal('QuantitativeValue'),
          minValue: z.int(),
          maxValue: z.int(),
          unitText: string,
        }),
      })
      .optional(),
    directApply: z.boolean(),
  })
  .meta({ id: 'JobPostingJsonLd' })
export type JobPostingJsonLd = z.infer<typeof JobPostingJsonLd>
