import { createInterviews } from './module.ts'

export const interviews = createInterviews()
