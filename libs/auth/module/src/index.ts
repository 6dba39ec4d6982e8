import { authContract } from '@cenopie/auth-contract'
import { defineModule } from '@cenopie/platform-runtime'
import { AuthConfig } from './config.ts'
import { createPasswords } from './crypto/passwords.ts'
import { authReads } from './data/reads.ts'
import { acceptInvitation, joiningByInvitation } from './operations/accept-invitation.ts'
import { authenticating } from './operations/authenticate.ts'
import { createCompany, readCompany, renameCompany } from './operations/companies.ts'
import { confirmEmail } from './operations/confirm-email.ts'
import { createInvitation, listInvitations, revokeInvitation } from './operations/invitations.ts'
import { getCompany, getUser, listMembers } from './operations/lookups.ts'
import { me } from './operations/me.ts'
import { changeMemberRole, listCompanyMembers, removeMember } from './operations/members.ts'
import { pages } from './operations/pages.ts'
import { changePassword, confirmPasswordReset, requestPasswordReset } from './operations/password.ts'
import { refresh } from './operations/refresh.ts'
import { requestEmailChange, requestEmailVerification } from './operations/request-email.ts'
import { listSessions, revokeOneSession, revokeOtherSessions, signOut } from './operations/sessions.ts'
import { signIn } from './operations/sign-in.ts'
import { signUp } from './operations/sign-up.ts'
import { forgetTheEnded, rotateKeys } from './tasks/schedules.ts'
import { sendingEmailChange } from './tasks/send-email-change.ts'
import { sendingResetLink } from './tasks/send-reset-link.ts'
import { sendingVerification } from './tasks/send-verification.ts'
import { issueTokens, refreshKey } from './tokens/issue.ts'
import { createKeyring } from './tokens/keyring.ts'

/** Accounts, sessions, companies and their members. */
export const auth = defineModule({
  contract: authContract,
  config: AuthConfig,
  prisma: new URL('../prisma/', import.meta.url),
  start({ config, database, outbox, publicUrl }) {
    const passwords = createPasswords(config.hashesAtOnce, config.hashesWaiting)
    const keyring = createKeyring(database, config.secret)
    const key = refreshKey(config.secret)
    const issue = issueTokens(keyring, publicUrl, key)
    const reads = authReads(database)
    const acts = {
      confirmEmail: confirmEmail(database, outbox),
      confirmPasswordReset: confirmPasswordReset(database, outbox, passwords),
      authenticate: authenticating(database, passwords),
      join: joiningByInvitation(database, outbox),
    }
    return {
      operations: {
        signUp: signUp(database, outbox, passwords),
        signIn: signIn(database, outbox, acts.authenticate, issue),
        refresh: refresh(database, issue, key),
        signOut: signOut(database),
        me: me(reads),
        requestEmailVerification: requestEmailVerification(database, outbox),
        confirmEmail: acts.confirmEmail,
        requestEmailChange: requestEmailChange(database, outbox, passwords),
        requestPasswordReset: requestPasswordReset(database, outbox),
        confirmPasswordReset: acts.confirmPasswordReset,
        changePassword: changePassword(database, outbox, passwords),
        jwks: async () => ({ keys: await keyring.publicKeys(new Date()) }),
        listSessions: listSessions(reads),
        revokeSession: revokeOneSession(database),
        revokeOtherSessions: revokeOtherSessions(database),
        createCompany: createCompany(database, outbox),
        readCompany: readCompany(reads),
        renameCompany: renameCompany(database, outbox),
        listCompanyMembers: listCompanyMembers(reads),
        changeMemberRole: changeMemberRole(database, outbox, reads),
        removeMember: removeMember(database, outbox),
        createInvitation: createInvitation(database, outbox),
        listInvitations: listInvitations(reads),
        revokeInvitation: revokeInvitation(database),
        acceptInvitation: acceptInvitation(acts.join),
        ...pages(database, reads, acts),
        getUser: getUser(reads),
        getCompany: getCompany(reads),
        listMembers: listMembers(reads),
      },
      tasks: [
        sendingVerification(database, outbox),
        sendingResetLink(database, outbox),
        sendingEmailChange(database, outbox),
      ],
      schedules: [rotateKeys(keyring), forgetTheEnded(database)],
      // So that the JWKS is never empty, and a process that slept through a rotation catches up.
      prepare: () => keyring.rotate(new Date()),
      identity: { keys: () => keyring.publicKeys(new Date()) },
      close: () => reads.close(),
    }
  },
})
