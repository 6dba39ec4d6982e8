/** What every event of an interview says of it. */
export interface Facts {
  interviewId: string
  applicationId: string
  postingId: string
  companyId: string
  companyName: string
  title: string
  candidateId: string
  candidateName: string
}

export function factsOf(interview: Omit<Facts, 'interviewId'> & { id: string }): Facts {
  return {
    interviewId: interview.id,
    applicationId: interview.applicationId,
    postingId: interview.postingId,
    companyId: interview.companyId,
    companyName: interview.companyName,
    title: interview.title,
    candidateId: interview.candidateId,
    candidateName: interview.candidateName,
  }
}

/** Recruiter to be told, where a person invited. */
export function invitedByOf(interview: { invitedBy: string | null }): { invitedBy?: string } {
  return interview.invitedBy === null ? {} : { invitedBy: interview.invitedBy }
}
