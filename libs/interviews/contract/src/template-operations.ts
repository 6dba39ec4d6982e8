import { faults, id, operation, page, paging } from '@cenopie/platform-contract'
import { z } from 'zod'
import { interviewFaults } from './faults.ts'
import {
  interviewTemplate,
  interviewTemplateSummary,
  templateAssignment,
  templateContent,
  templateStatus,
  type InterviewQuestionInput,
  type PracticeQuestionInput,
} from './template.ts'

const read = [faults.notFound, faults.forbidden] as const
const base = '/api/v1/interviews/templates'

interface Written {
  questions: InterviewQuestionInput[]
  practice?: PracticeQuestionInput | undefined
}

/** Ids that the author keeps must be told apart: answers and scores refer to them. */
const distinctIds = {
  name: 'distinct-question-and-criterion-ids',
  refuse: ({ questions, practice }: Written) => {
    const seen = new Set<string>(practice?.id === undefined ? [] : [practice.id])
    for (const [q, question] of questions.entries()) {
      const named = [
        { field: `questions.${q}.id`, value: question.id },
        ...question.criteria.map((c, n) => ({ field: `questions.${q}.criteria.${n}.id`, value: c.id })),
      ]
      for (const { field, value } of named) {
        if (value === undefined) continue
        if (seen.has(value)) return { field, message: 'is used twice in this template' }
        seen.add(value)
      }
    }
    return undefined
  },
}

const example = {
  name: 'Backend engineer, first interview',
  description: 'Two written questions, about forty minutes.',
  language: 'en',
  questions: [
    {
      prompt: 'Tell us about an outage you helped to resolve.',
      guidance: 'What happened, what you did, what changed afterwards.',
      maxCharacters: 4000,
      required: true,
      criteria: [
        {
          name: 'Ownership',
          description: 'Takes responsibility for the outcome and follows up.',
          indicators: ['took responsibility', 'post-mortem', 'followed up'],
          weight: 2,
        },
      ],
    },
  ],
}

export const templateOperations = {
  createTemplate: operation({
    method: 'POST',
    path: base,
    summary: 'Write an interview template',
    description: 'Starts as draft version 1. Owners, admins and recruiters of the company.',
    access: 'user',
    input: {
      companyId: id,
      ...templateContent,
      name: templateContent.name.meta({ examples: [example.name] }),
      questions: templateContent.questions.meta({ examples: [example.questions] }),
    },
    output: interviewTemplate,
    status: 201,
    faults: read,
    checks: [distinctIds],
  }),
  listTemplates: operation({
    method: 'GET',
    path: base,
    summary: 'List a company’s interview templates',
    access: 'user',
    input: { companyId: id, status: templateStatus.optional(), ...paging },
    output: page(interviewTemplateSummary),
    faults: read,
  }),
  getTemplate: operation({
    method: 'GET',
    path: `${base}/{templateId}`,
    summary: 'Read an interview template, the newest version or a given one',
    access: 'user',
    input: { templateId: id, version: z.int().min(1).max(100_000).optional() },
    output: interviewTemplate,
    faults: read,
  }),
  updateTemplate: operation({
    method: 'PUT',
    path: `${base}/{templateId}`,
    summary: 'Edit an interview template',
    description: 'A draft changes in place; editing a published version makes the next version as a draft.',
    access: 'user',
    input: { templateId: id, revision: z.int().min(1).max(2_000_000_000), ...templateContent },
    output: interviewTemplate,
    faults: [...read, interviewFaults.templateChanged, interviewFaults.templateArchived],
    repeatable: false,
    checks: [distinctIds],
  }),
  publishTemplate: operation({
    method: 'POST',
    path: `${base}/{templateId}/publish`,
    summary: 'Publish the draft version',
    description: 'New invitations get it; interviews that are already invited keep theirs.',
    access: 'user',
    input: { templateId: id },
    output: interviewTemplate,
    faults: [...read, interviewFaults.templateNotDraft, interviewFaults.templateArchived],
  }),
  archiveTemplate: operation({
    method: 'POST',
    path: `${base}/{templateId}/archive`,
    summary: 'Archive a template',
    description: 'It can no longer be edited or assigned; postings that use it go on inviting with it.',
    access: 'user',
    input: { templateId: id },
    output: interviewTemplate,
    faults: read,
    repeatable: true,
  }),
  assignTemplate: operation({
    method: 'PUT',
    path: '/api/v1/interviews/postings/{postingId}/template',
    summary: 'Choose the template that a posting’s candidates are interviewed with',
    description: 'Applications that already wait in the interview stage are invited at once.',
    access: 'user',
    input: { postingId: id, templateId: id },
    output: templateAssignment,
    faults: [...read, interviewFaults.templateNotPublished, interviewFaults.templateArchived],
  }),
  getAssignedTemplate: operation({
    method: 'GET',
    path: '/api/v1/interviews/postings/{postingId}/template',
    summary: 'See which template a posting uses',
    access: 'user',
    input: { postingId: id },
    output: templateAssignment,
    faults: read,
  }),
}
