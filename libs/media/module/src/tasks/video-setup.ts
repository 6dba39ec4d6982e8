import type { Logger } from '@cenopie/platform-telemetry'
import type { MediaConfig } from '../config.ts'
import { openVideoTools, type VideoTools } from '../video/index.ts'

/** ffmpeg, looked for once. Without it everything but video and sound works, and the log says what is missing. */
export function videoSetup({ ffmpeg, ffprobe }: Pick<MediaConfig, 'ffmpeg' | 'ffprobe'>, log: Logger) {
  let tools: VideoTools | undefined
  return {
    tools: () => tools,
    async prepare(): Promise<void> {
      try {
        tools = await openVideoTools({ ...(ffmpeg && { ffmpeg }), ...(ffprobe && { ffprobe }) })
        if (tools.missing.length > 0)
          log.warn({ missing: tools.missing }, 'video runs less confined than it could be')
      } catch (error) {
        log.warn({ err: error }, 'video and sound are not processed here')
      }
    },
  }
}
