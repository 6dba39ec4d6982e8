import type { ApplicationNote } from '@cenopie/jobs-contract'
import { newId } from '@cenopie/platform-database'
import type { Note } from './generated/client.ts'
import type { Prisma } from './prisma.ts'

/** Adds a note to an application of one of `companies`; undefined when there is no such application. */
export async function addNote(
  prisma: Prisma,
  companies: string[],
  { applicationId, authorId, text, at }: { applicationId: string; authorId: string; text: string; at: Date },
): Promise<ApplicationNote | undefined> {
  return prisma.$transaction(async (tx) => {
    const found = await tx.application.findFirst({
      where: { id: applicationId, companyId: { in: companies } },
      select: { id: true },
    })
    if (!found) return undefined
    const note = await tx.note.create({
      data: { id: newId(), applicationId, authorId, text, createdAt: at },
    })
    return wire(note)
  })
}

/** Notes on an application of one of `companies`, newest first; undefined when there is no such application. */
export async function listNotes(
  prisma: Prisma,
  companies: string[],
  applicationId: string,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<ApplicationNote[] | undefined> {
  const application = await prisma.application.findFirst({
    where: { id: applicationId, companyId: { in: companies } },
    select: {
      notes: { where: after ? { id: { lt: after } } : {}, orderBy: { id: 'desc' }, take: limit },
    },
  })
  return application?.notes.map(wire)
}

function wire({ id, authorId, text, createdAt }: Note): ApplicationNote {
  return { id, authorId, text, createdAt: createdAt.toISOString() }
}
