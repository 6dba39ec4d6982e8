import { Fault, faults } from '@cenopie/platform-contract'
import type { Actor } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { findReference } from '../data/applications.ts'
import { addNote, listNotes } from '../data/notes.ts'
import type { Prisma } from '../data/prisma.ts'
import { managedCompanies, readableCompanies } from '../domain/roles.ts'
import { managed } from './authorise.ts'
import type { Handler } from './handler.ts'
import { idFrom, pageById } from './paging.ts'

/** Adds a note for the company's recruiters. */
export function addApplicationNote(database: Database, prisma: Prisma): Handler<'addApplicationNote'> {
  return async ({ applicationId, text }, call) => {
    const note = { applicationId, authorId: call.actor.id, text, at: new Date() }
    const added = await addNote(prisma, managedCompanies(call.actor), note)
    return added ?? refuse(database, applicationId, call.actor)
  }
}

/** The notes on an application; interviewers judge without them. */
export function listApplicationNotes(database: Database, prisma: Prisma): Handler<'listApplicationNotes'> {
  return async ({ applicationId, limit, cursor }, call) => {
    const window = { after: idFrom(cursor), limit: limit + 1 }
    const notes = await listNotes(prisma, managedCompanies(call.actor), applicationId, window)
    return notes ? pageById(notes, limit) : refuse(database, applicationId, call.actor)
  }
}

async function refuse(database: Database, applicationId: string, actor: Actor): Promise<never> {
  managed(actor, await findReference(database, applicationId, { companies: readableCompanies(actor) }))
  throw new Fault(faults.notFound)
}
