import { parentPort, workerData } from 'node:worker_threads'
import type { InterviewExport } from '@cenopie/interviews-contract'
import { interviewPdf } from './interview-pdf.ts'

/** A thread that makes one document and ends. */
parentPort?.postMessage(await interviewPdf(workerData as InterviewExport))
