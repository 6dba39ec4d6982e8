import { resolve } from 'node:path'
import { mediaContract } from '@cenopie/media-contract'
import { defineModule } from '@cenopie/platform-runtime'
import { mediaConfig } from './config.ts'
import { eraser } from './operations/erase.ts'
import { fileOperations } from './operations/files.ts'
import { internalOperations } from './operations/internal.ts'
import { linksOf } from './operations/links.ts'
import { grantUpload, requestUpload } from './operations/uploads.ts'
import { eraseOnProfileErased } from './reactions/profile-erased.ts'
import { createStore } from './storage/create-store.ts'
import { contentReader } from './streams/content.ts'
import { progressWatch } from './streams/progress.ts'
import { eraseFilesHandler } from './tasks/erase-files.ts'
import { renewImages } from './tasks/renew-images.ts'
import { stepHandlers } from './tasks/step-handlers.ts'
import { sweep } from './tasks/sweep.ts'
import { workshopIn } from './tasks/workshop.ts'
import { stagingIn } from './uploads/staging.ts'
import { sweepObjects } from './tasks/sweep-objects.ts'
import { tusProtocol } from './uploads/tus.ts'
import { videoSetup } from './tasks/video-setup.ts'

/** Files of people and companies: uploaded piece by piece, checked, and made fit to be shown. */
export const media = defineModule({
  contract: mediaContract,
  config: mediaConfig,
  prisma: new URL('../prisma/', import.meta.url),
  start({ config, database, outbox, log, publicUrl }) {
    const folder = resolve(config.folder)
    const store = createStore(config)
    const [staging, workshop, video] = [stagingIn(folder), workshopIn(folder), videoSetup(config, log)]
    const links = linksOf(publicUrl, config.secret)
    const works = { database, outbox, store, staging, workshop, video: video.tools }
    const erase = eraser(works)
    const { readFile, readRendition } = contentReader(database, store, config.secret)
    return {
      operations: {
        requestUpload: requestUpload(database, config, publicUrl),
        grantUpload: grantUpload(database, config, publicUrl),
        ...fileOperations({ database, outbox, config, links, erase }),
        ...internalOperations(database, links, erase),
      },
      streams: {
        uploads: tusProtocol({ config, database, outbox, staging, erase }, log),
        ...{ readFile, readRendition },
        watchFile: progressWatch(database).watchFile,
      },
      tasks: [...stepHandlers(works, config), eraseFilesHandler(erase)],
      on: [eraseOnProfileErased(outbox)],
      schedules: [
        sweep({ ...works, erase, orphanHours: config.orphanHours }, config.sweepSeconds),
        sweepObjects(works),
        renewImages(works, config.sweepSeconds),
      ],
      prepare: video.prepare,
      close: async () => store.close(),
    }
  },
})
