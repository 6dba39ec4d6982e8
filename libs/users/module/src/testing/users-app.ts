import { authContract, authEvents } from '@cenopie/auth-contract'
import { Fault, faults } from '@cenopie/platform-contract'
import { newId } from '@cenopie/platform-database'
import { fake, testModule, userCall } from '@cenopie/platform-testing'
import type { Received } from '@cenopie/platform-contract'
import type { usersContract } from '@cenopie/users-contract'
import { users } from '../index.ts'

type Update = Omit<Received<typeof usersContract.operations.updateMe>, 'version'>

/** The users module on real servers; the auth domain is a fake that knows the accounts registered here. */
export async function usersApp() {
  const accounts = new Map<string, string>()
  const auth = fake(authContract, {
    async getUser({ userId }) {
      const name = accounts.get(userId)
      if (name === undefined) throw new Fault(faults.notFound)
      return { id: userId, name, email: 'someone@example.test', emailVerified: true }
    },
  })
  const app = await testModule(users, { requires: { auth } })

  const register = async (name: string, eventId?: string, userId = newId()) => {
    accounts.set(userId, name)
    const fact = {
      entity: { id: userId, version: 1 },
      payload: { userId, name, email: 'someone@example.test' },
    }
    await app.deliver(authEvents.userRegistered, fact, eventId === undefined ? {} : { id: eventId })
    return userId
  }

  return {
    ...app,
    /** An account whose registration has been heard of. */
    register,
    /** An account whose registration is still on its way. */
    registerUnheard: (name: string) => {
      const userId = newId()
      accounts.set(userId, name)
      return userId
    },
    /** A registered member whose profile has been edited. */
    async member(changes: Update = {}) {
      const id = await register(changes.name ?? 'Ada Lovelace')
      const call = userCall({ id })
      const { version } = await app.client.updateMe({ version: 1, ...changes }, call)
      return { id, call, version }
    },
  }
}

export type UsersApp = Awaited<ReturnType<typeof usersApp>>
