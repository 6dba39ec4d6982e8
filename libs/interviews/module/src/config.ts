import { z } from 'zod'
import { analystConfig } from './analysts/config.ts'
import { transcriberConfig } from './transcribers/config.ts'

export const interviewsConfig = z.object({
  ...analystConfig,
  ...transcriberConfig,
  deadlineDays: z.int().min(1).max(90).default(7).describe('From the invitation to the deadline.'),
  linkGraceDays: z
    .int()
    .min(0)
    .max(365)
    .default(30)
    .describe('How long a personal link outlives the deadline.'),
  reminderHours: z.int().min(1).max(720).default(48).describe('Remind this long before the deadline.'),
  reminderCheckSeconds: z.int().min(1).max(86_400).default(900),
  deviceCheckHours: z.int().min(1).max(48).default(4).describe('How long a device check is remembered.'),
  retentionCheckSeconds: z
    .int()
    .min(1)
    .max(86_400)
    .default(3600)
    .describe('How often interviews are erased that their company keeps no longer.'),
  analysisConcurrency: z.int().min(1).max(64).default(2).describe('Answers analysed at once per process.'),
  analysisAttempts: z.int().min(1).max(20).default(5),
  analysisBackoffSeconds: z.number().min(0).max(3600).default(5),
  analysisTimeoutSeconds: z.int().min(1).max(600).default(120).describe('Of one try at one answer.'),
  transcriptionConcurrency: z.int().min(1).max(64).default(1).describe('Answers heard at once per process.'),
  transcriptionAttempts: z.int().min(1).max(20).default(5),
  transcriptionBackoffSeconds: z.number().min(0).max(3600).default(10),
  transcriptionTimeoutSeconds: z.int().min(1).max(14_400).default(3600).describe('Of one try at one answer.'),
})
