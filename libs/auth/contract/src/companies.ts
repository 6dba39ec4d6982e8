import { faults, id, operation, page, paging } from '@cenopie/platform-contract'
import { authFaults } from './faults.ts'
import { Company, companyName, email, Invitation, Member, Membership, role, secretToken } from './types.ts'

const ofCompany = { companyId: id }
const managed = [faults.notFound, faults.forbidden] as const

export const companyOperations = {
  createCompany: operation({
    method: 'POST',
    path: '/api/v1/auth/companies',
    summary: 'Found a company and become its owner',
    description: 'Access tokens name the new company from the next refresh on.',
    access: 'user',
    input: { name: companyName.meta({ examples: ['Analytical Engines'] }) },
    output: Company,
    status: 201,
    faults: [authFaults.emailUnverified, authFaults.tooManyMemberships],
    rateLimit: { max: 30, windowSeconds: 3600 },
  }),

  readCompany: operation({
    method: 'GET',
    path: '/api/v1/auth/companies/{companyId}',
    summary: 'A company of the signed-in person',
    access: 'user',
    input: ofCompany,
    output: Company,
    faults: [faults.notFound],
  }),

  renameCompany: operation({
    method: 'PATCH',
    path: '/api/v1/auth/companies/{companyId}',
    summary: 'Give a company another name',
    description: 'Its slug stays, so that links to it do.',
    access: 'user',
    input: { ...ofCompany, name: companyName },
    output: Company,
    repeatable: true,
    faults: managed,
  }),

  listCompanyMembers: operation({
    method: 'GET',
    path: '/api/v1/auth/companies/{companyId}/members',
    summary: 'Members of a company, longest first',
    access: 'user',
    input: { ...ofCompany, ...paging },
    output: page(Member),
    faults: [faults.notFound],
  }),

  changeMemberRole: operation({
    method: 'PUT',
    path: '/api/v1/auth/companies/{companyId}/members/{userId}',
    summary: "Change a member's role",
    description: 'Owners change any role, admins any but those of owners.',
    access: 'user',
    input: { ...ofCompany, userId: id, role },
    output: Member,
    faults: [...managed, authFaults.lastOwner],
  }),

  removeMember: operation({
    method: 'DELETE',
    path: '/api/v1/auth/companies/{companyId}/members/{userId}',
    summary: 'Remove a member, or leave',
    access: 'user',
    input: { ...ofCompany, userId: id },
    faults: [...managed, authFaults.lastOwner],
  }),

  createInvitation: operation({
    method: 'POST',
    path: '/api/v1/auth/companies/{companyId}/invitations',
    summary: 'Invite somebody by e-mail',
    description: 'Good for seven days. A second invitation of the same address replaces the first.',
    access: 'user',
    input: { ...ofCompany, email, role },
    output: Invitation,
    status: 201,
    faults: [...managed, authFaults.alreadyMember, authFaults.companyFull],
    rateLimit: { max: 100, windowSeconds: 3600 },
  }),

  listInvitations: operation({
    method: 'GET',
    path: '/api/v1/auth/companies/{companyId}/invitations',
    summary: 'Invitations nobody has accepted yet, oldest first',
    access: 'user',
    input: { ...ofCompany, ...paging },
    output: page(Invitation),
    faults: managed,
  }),

  revokeInvitation: operation({
    method: 'DELETE',
    path: '/api/v1/auth/companies/{companyId}/invitations/{invitationId}',
    summary: 'Take an invitation back',
    access: 'user',
    input: { ...ofCompany, invitationId: id },
    faults: managed,
  }),

  acceptInvitation: operation({
    method: 'POST',
    path: '/api/v1/auth/invitations/accept',
    summary: 'Join the company that sent an invitation',
    description: 'Only for whom it was sent to: the signed-in person, with that address confirmed.',
    access: 'user',
    input: { token: secretToken },
    output: Membership,
    faults: [
      authFaults.linkExpired,
      authFaults.emailUnverified,
      authFaults.invitationForAnother,
      authFaults.alreadyMember,
      authFaults.tooManyMemberships,
    ],
    rateLimit: { max: 30, windowSeconds: 60 },
  }),
} as const
