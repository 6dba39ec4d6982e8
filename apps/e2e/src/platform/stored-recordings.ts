import type { Database } from '@cenopie/platform-database'

/** What came of one recording: how often each thing was done, and what there is of it. */
export interface StoredRecording {
  file: string
  /** Of media's entity: 1 for the upload, 2 when it was complete, 3 when it was ready, and more if that came twice. */
  version: number
  steps: string[]
  renditions: string[]
  /** Entries of the audit trail, which nothing can take back. */
  audited: string[]
  /** What the recruiter was told in the end, and the mails for it. */
  told: number
  mails: number
  scores: number
}

const stored = {
  name: 'stored_recordings',
  text: `SELECT f.status AS file, f.version,
      (SELECT array_agg(s.name || ' ' || s.status ORDER BY s.name) FROM media.step s WHERE s.file_id = f.id) AS steps,
      (SELECT array_agg(r.name ORDER BY r.name) FROM media.rendition r WHERE r.file_id = f.id) AS renditions,
      (SELECT array_agg(a.action ORDER BY a.action) FROM interviews.audit_entry a WHERE a.interview_id = i.id)
        AS audited,
      (SELECT count(*)::int FROM notifications.notification n
        WHERE n.subject->>'interviewId' = i.id::text AND n.type = 'interview-analysed') AS told,
      (SELECT count(*)::int FROM notifications.mail m WHERE m.type = 'interview-analysed' AND m.status = 'sent'
        AND m.entry_id IN (SELECT n.entry_id FROM notifications.notification n
          WHERE n.subject->>'interviewId' = i.id::text)) AS mails,
      (SELECT count(*)::int FROM interviews.score s JOIN interviews.answer a ON a.id = s.answer_id
        WHERE a.interview_id = i.id) AS scores
    FROM interviews.interview i JOIN interviews.take t ON t.interview_id = i.id JOIN media.file f ON f.id = t.file_id`,
}

export function storedRecordings(database: Database): Promise<StoredRecording[]> {
  return database.query<StoredRecording>(stored)
}
