import { defineContract } from '@cenopie/platform-contract'
import { memberBlocked, memberUnblocked, profileErased, profileUpdated } from './events.ts'
import { blockMember, listBlocks, unblockMember } from './operations/blocks.ts'
import { getProfile, listProfiles } from './operations/directory.ts'
import { chooseHandle, getProfileByHandle } from './operations/handle.ts'
import { listMutes, muteMember, unmuteMember } from './operations/mutes.ts'
import {
  getMe,
  replaceEducation,
  replaceExperience,
  replaceLanguages,
  replaceSkills,
  updateMe,
} from './operations/own-profile.ts'
import { eraseMe, exportMe } from './operations/personal-data.ts'
import { snapshotBlocks, snapshotProfiles } from './operations/snapshots.ts'
import { getProfileSummaries, getProfileSummary } from './operations/summaries.ts'

export const usersContract = defineContract({
  name: 'users',
  operations: {
    getMe,
    updateMe,
    replaceExperience,
    replaceEducation,
    replaceSkills,
    replaceLanguages,
    chooseHandle,
    getProfileByHandle,
    getProfile,
    listProfiles,
    blockMember,
    unblockMember,
    listBlocks,
    muteMember,
    unmuteMember,
    listMutes,
    exportMe,
    eraseMe,
    getProfileSummary,
    getProfileSummaries,
    snapshotProfiles,
    snapshotBlocks,
  },
  events: { profileUpdated, profileErased, memberBlocked, memberUnblocked },
})
