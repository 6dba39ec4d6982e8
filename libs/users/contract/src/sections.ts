import { z } from 'zod'
import { label, line, prose, yearMonth } from './fields.ts'

export const experience = z
  .object({
    title: label(120),
    organization: label(120),
    location: line(120).optional(),
    start: yearMonth,
    end: yearMonth.optional().describe('Left out while it lasts.'),
    description: prose(2000).optional(),
  })
  .meta({
    id: 'Experience',
    examples: [{ title: 'Engineer', organization: 'Analytical Engines', start: '2021-04', end: '2024-09' }],
  })

export const education = z
  .object({
    school: label(120),
    degree: line(120).optional(),
    field: line(120).optional(),
    start: yearMonth.optional(),
    end: yearMonth.optional().describe('May lie ahead: the month it is expected to end.'),
    description: prose(2000).optional(),
  })
  .meta({
    id: 'Education',
    examples: [{ school: 'University of London', degree: 'BSc', field: 'Mathematics', end: '2021-03' }],
  })

export const skill = label(60)

/** Levels in rising order, after the Interagency Language Roundtable scale (1 to 5). */
export const proficiency = z.enum(['elementary', 'limited', 'professional', 'full', 'native'])

export const language = z
  .object({
    language: z
      .string()
      .min(2)
      .max(3)
      .regex(/^[a-z]{2,3}$/)
      .describe('ISO 639 code.'),
    proficiency,
  })
  .meta({ id: 'LanguageSkill', examples: [{ language: 'en', proficiency: 'native' }] })

export const experiences = z.array(experience).max(50)
export const educations = z.array(education).max(20)
export const skills = z.array(skill).max(50)
export const languages = z.array(language).max(20)

export type Experience = z.output<typeof experience>
export type Education = z.output<typeof education>
export type LanguageSkill = z.output<typeof language>
