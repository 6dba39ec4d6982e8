/** Who manages postings, applications and interviews of a company, and so hears of them. */
export const managingRoles = ['owner', 'admin', 'recruiter'] as const

export const manages = (role: string | null) => managingRoles.some((managing) => managing === role)
