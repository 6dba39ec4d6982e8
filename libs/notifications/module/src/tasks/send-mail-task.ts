import { id, task } from '@cenopie/platform-contract'
import { z } from 'zod'

/** Connections to the mail server at once, per process. */
export const connections = 4

/** Tries over a bit more than three hours; then an operator decides. The payload holds no secret: it passes Redis. */
export const sendMail = task('notifications.send-mail', z.object({ mailId: id }), {
  concurrency: connections,
  attempts: 14,
  backoffSeconds: 2,
  timeoutSeconds: 60,
})
