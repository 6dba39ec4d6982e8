/** What `@tus/server` turns into an answer. The body begins with a stable code. */
export class TusError extends Error {
  override name = 'TusError'
  readonly status_code: number
  readonly body: string

  constructor(status: number, code: string, sentence: string) {
    super(sentence)
    this.status_code = status
    this.body = `${code}: ${sentence}\n`
  }
}

export const tusErrors = {
  ticket: () => new TusError(403, 'media.ticket-refused', 'This ticket is not valid, or no longer.'),
  used: () => new TusError(403, 'media.ticket-used', 'This ticket has been used.'),
  empty: () => new TusError(400, 'media.empty', 'The file is empty.'),
  tooLarge: () => new TusError(413, 'media.too-large', 'The file is larger than its ticket allows.'),
  full: () => new TusError(409, 'media.quota-exceeded', 'There is no room left for this file.'),
  expired: () => new TusError(410, 'media.upload-expired', 'The time for this upload is over.'),
  crowded: (most: number) =>
    new TusError(
      429,
      'media.too-many-uploads',
      `At most ${most} uploads may be open: finish or end one first.`,
    ),
  complete: () => new TusError(409, 'media.upload-complete', 'This upload is complete.'),
  gone: () => new TusError(404, 'media.upload-unknown', 'There is no such upload, or no longer.'),
  interrupted: () => new TusError(400, 'media.upload-interrupted', 'The line broke.'),
  locked: () => new TusError(423, 'media.upload-locked', 'Another request is writing to this upload.'),
  /** 460: of the tus extension `checksum`. */
  checksum: () => new TusError(460, 'media.checksum-mismatch', 'The bytes do not match their checksum.'),
  checksumForm: () =>
    new TusError(400, 'media.checksum-form', 'Upload-Checksum is sha1 or sha256 and a base64 digest.'),
}
