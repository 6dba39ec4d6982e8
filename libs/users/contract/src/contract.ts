import { defineContract } from '@cenopie/platform-contract'
import { profileErased, profileUpdated } from './events.ts'
import { getProfile, listProfiles } from './operations/directory.ts'
import { chooseHandle, getProfileByHandle } from './operations/handle.ts'
import {
  getMe,
  replaceEducation,
  replaceExperience,
  replaceLanguages,
  replaceSkills,
  updateMe,
} from './operations/own-profile.ts'
import { eraseMe, exportMe } from './operations/personal-data.ts'
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
    exportMe,
    eraseMe,
    getProfileSummary,
    getProfileSummaries,
  },
  events: { profileUpdated, profileErased },
})
