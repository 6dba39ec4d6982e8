import { z } from 'zod'

/** What a file may be. A purpose (avatar, recording…) narrows it. */
export const contentLimits = z.object({
  maxSeconds: z.number().positive().max(86_400).default(3600),
  /** Tracks of every kind; a phone writes up to ten, most of them sensor data. */
  maxStreams: z.int().min(1).max(64).default(16),
  /** Of one picture: 4096 × 2304 covers what phones record as 4K. */
  maxPixels: z
    .int()
    .min(1)
    .max(8192 * 8192)
    .default(4096 * 2304),
  /** Pictures per second on average, counted; phones record slow motion at 240. */
  maxFrameRate: z.number().positive().max(1000).default(240),
  needsAudio: z.boolean().default(false),
  needsVideo: z.boolean().default(false),
})
export type ContentLimits = z.output<typeof contentLimits>

/** What one run of a tool may take. */
export const effortLimits = z.object({
  /** Wall clock of a run that encodes. */
  wallSeconds: z.int().min(1).max(86_400).default(3600),
  /** Wall clock of a run that only reads. */
  probeSeconds: z.int().min(1).max(3600).default(120),
  /** Processor time over all threads. */
  cpuSeconds: z.int().min(1).max(86_400).default(5400),
  /** Address space, which counts shared libraries too: Debian's ffmpeg takes 0.3 GB of it to start. */
  memoryBytes: z
    .int()
    .min(64 * 2 ** 20)
    .default(2 * 2 ** 30),
  outputBytes: z
    .int()
    .min(1)
    .default(2 * 2 ** 30),
  /** Of one picture that is decoded, whatever the header said; not below what `probe` was told to accept. */
  maxPixels: z
    .int()
    .min(1)
    .max(8192 * 8192)
    .default(4096 * 2304),
  /** Of each decoder and encoder. */
  threads: z.int().min(1).max(16).default(2),
})
export type EffortLimits = z.output<typeof effortLimits>
