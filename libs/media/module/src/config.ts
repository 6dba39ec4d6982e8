import { z } from 'zod'

export const mediaConfig = z.object({
  folder: z
    .string()
    .default('.data/media')
    .meta({ unsafeDefault: true })
    .describe(
      'Uploads on their way, working files, and with store `disk` everything. All processes share it.',
    ),
  store: z.enum(['disk', 's3']).default('disk').describe('Where complete files are kept.'),
  s3Bucket: z.string().optional().describe('Needed with store `s3`.'),
  s3Region: z.string().default('us-east-1'),
  s3Endpoint: z.url().optional().describe("Default: Amazon's."),
  s3AccessKeyId: z.string().optional().describe('Default: what the AWS SDK finds, such as an instance role.'),
  s3SecretAccessKey: z.string().optional().meta({ secret: true }),
  secret: z
    .string()
    .min(32)
    .default('cenopie-development-media-tickets')
    .meta({ secret: true, unsafeDefault: true })
    .describe('Signs upload tickets and addresses of files; changed, those that are out stop working.'),
  ticketMinutes: z
    .int()
    .min(1)
    .max(1440)
    .default(60)
    .describe("How long a user's ticket may begin an upload."),
  uploadHours: z.int().min(1).max(168).default(24).describe('How long an upload may take.'),
  linkMinutes: z.int().min(5).max(1440).default(60).describe('How long an address of a file works.'),
  orphanHours: z.int().min(1).max(720).default(24).describe('How long a file stays that nothing keeps.'),
  sweepSeconds: z.int().min(1).max(86_400).default(900),
  userQuotaMegabytes: z.int().min(1).default(5000).describe("Of a user's files together."),
  companyQuotaMegabytes: z.int().min(1).default(500_000),
  userOpenUploads: z.int().min(1).default(100).describe('Uploads of a user that have begun and not ended.'),
  companyOpenUploads: z.int().min(1).default(10_000),
  attempts: z.int().min(1).max(20).default(4).describe('Tries of one step.'),
  backoffSeconds: z.number().min(0).max(3600).default(5),
  ffmpeg: z.string().optional().describe('Default: found on PATH.'),
  ffprobe: z.string().optional().describe('Default: found on PATH.'),
})
export type MediaConfig = z.output<typeof mediaConfig>
