import {
  deviceCheckSeconds,
  interviewFaults,
  maxDeviceChecks,
  type RecordedMode,
} from '@cenopie/interviews-contract'
import type { mediaContract } from '@cenopie/media-contract'
import { Fault, faults, type Client } from '@cenopie/platform-contract'
import type { Database, Queryable } from '@cenopie/platform-database'
import {
  countDeviceChecks,
  deviceCheckOf,
  findDeviceCheck,
  insertDeviceCheck,
} from '../data/device-checks.ts'
import { deviceCheckOwner } from '../domain/file-owner.ts'
import { requireOpen } from '../domain/lifecycle.ts'
import { hashToken } from '../domain/personal-link.ts'
import { recordingLimits } from '../domain/recording-limits.ts'
import { lockLinked, requireLive } from './link-access.ts'
import type { Operations } from './types.ts'

/** A check is made at once: nobody comes back to it. */
const uploadSeconds = 900

interface Begin {
  token: string
  mode: RecordedMode
  now: Date
}

export function deviceCheckOperations(
  database: Database,
  media: Client<typeof mediaContract>,
): Operations<'beginDeviceCheck' | 'viewDeviceCheck'> {
  /** Asked twice, like a take: before media is asked for an upload, and when the check is noted. */
  async function requireCheck(tx: Queryable, { token, now }: Begin) {
    const interview = await lockLinked(tx, token, now)
    requireOpen(interview, now)
    if ((await countDeviceChecks(tx, interview.id)) >= maxDeviceChecks) {
      throw new Fault(interviewFaults.tooManyDeviceChecks)
    }
    return interview
  }

  return {
    async beginDeviceCheck({ token, mode }, call) {
      const begin = { token, mode, now: new Date() }
      const { id, companyId } = await database.transaction((tx) => requireCheck(tx, begin))
      const expiresAt = new Date(begin.now.getTime() + uploadSeconds * 1000).toISOString()
      const granted = await media.grantUpload(
        {
          owner: deviceCheckOwner(id),
          companyId,
          purpose: 'recording',
          ...recordingLimits(mode, deviceCheckSeconds),
          expiresAt,
        },
        call,
      )
      const { fileId, ticket, uploadUrl, maxBytes } = granted
      const checkId = await database.transaction(async (tx) => {
        const interview = await requireCheck(tx, begin)
        return insertDeviceCheck(tx, { interviewId: interview.id, mode, fileId, begunAt: begin.now })
      })
      return { checkId, fileId, ticket, uploadUrl, maxSeconds: deviceCheckSeconds, maxBytes, expiresAt }
    },

    async viewDeviceCheck({ token, checkId }) {
      const found = await findDeviceCheck(database, hashToken(token), checkId)
      if (!found) throw new Fault(faults.notFound)
      requireLive(found.linkExpiresAt, new Date())
      return deviceCheckOf(found)
    },
  }
}
