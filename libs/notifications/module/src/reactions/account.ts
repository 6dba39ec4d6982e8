import { authEvents } from '@cenopie/auth-contract'
import { react } from '@cenopie/platform-outbox'
import { saveName } from '../data/recipients.ts'
import type { Deliver } from './deliver.ts'

/**
 * Mail about an account goes to the address in the event, so none of it waits for anything; where the event has the
 * name too, not for that either, should the registration arrive later.
 */
export function accountReactions(deliver: Deliver) {
  const subject = {}
  return [
    react(authEvents.emailVerificationRequested, 'mail-email-verification', async (event, tx, call) => {
      const { userId, email, name, token, expiresAt } = event.payload
      const news = {
        entryId: event.id,
        type: 'email-verification',
        facts: { token, expiresAt },
        subject,
      } as const
      await saveName(tx, userId, name)
      return deliver(tx, call, news, [{ userId, address: email, mail: true }])
    }),
    react(authEvents.signUpRepeated, 'mail-sign-up-repeated', async (event, tx, call) => {
      const { userId, email, name } = event.payload
      const news = { entryId: event.id, type: 'sign-up-repeated', facts: {}, subject } as const
      await saveName(tx, userId, name)
      return deliver(tx, call, news, [{ userId, address: email, mail: true }])
    }),
    react(authEvents.passwordResetRequested, 'mail-password-reset', async (event, tx, call) => {
      const { userId, email, name, token, expiresAt } = event.payload
      const news = {
        entryId: event.id,
        type: 'password-reset',
        facts: { token, expiresAt },
        subject,
      } as const
      await saveName(tx, userId, name)
      return deliver(tx, call, news, [{ userId, address: email, mail: true }])
    }),
    react(authEvents.passwordChanged, 'tell-password-changed', (event, tx, call) => {
      const { userId, email } = event.payload
      const facts = { at: event.occurredAt }
      const news = { entryId: event.id, type: 'password-changed', facts, subject } as const
      return deliver(tx, call, news, [{ userId, address: email, mail: true }])
    }),
    react(authEvents.emailChanged, 'mail-email-changed', (event, tx, call) => {
      const { userId, email, previousEmail } = event.payload
      const facts = { email, at: event.occurredAt }
      const news = { entryId: event.id, type: 'email-changed', facts, subject } as const
      return deliver(tx, call, news, [{ userId, address: previousEmail, mail: true }])
    }),
    react(authEvents.signedInFromNewDevice, 'tell-new-sign-in', (event, tx, call) => {
      const { userId, email, at, address, userAgent } = event.payload
      const news = {
        entryId: event.id,
        type: 'new-sign-in',
        facts: { at, address, userAgent },
        subject,
      } as const
      return deliver(tx, call, news, [{ userId, address: email, mail: true }])
    }),
    react(authEvents.companyInvitationCreated, 'mail-company-invitation', (event, tx, call) => {
      const { companyId, companyName, email, role, token, expiresAt } = event.payload
      const facts = { companyName, role, token, expiresAt }
      const news = { entryId: event.id, type: 'company-invitation', facts, subject: { companyId } } as const
      return deliver(tx, call, news, [{ address: email, mail: true }])
    }),
  ]
}
