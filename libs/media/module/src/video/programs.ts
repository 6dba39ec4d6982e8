import { findProgram, ProgramUnavailable, type Program } from '@cenopie/platform-programs'

export interface Programs {
  readonly ffmpeg: Program
  readonly ffprobe: Program
}

/** Finds the programs on PATH, or where `configured` says. Rejects with the line that installs what is missing. */
export async function findPrograms(
  configured: { ffmpeg?: string; ffprobe?: string } = {},
): Promise<Programs> {
  try {
    return {
      ffmpeg: await findProgram(configured.ffmpeg ?? 'ffmpeg'),
      ffprobe: await findProgram(configured.ffprobe ?? 'ffprobe'),
    }
  } catch (error) {
    if (!(error instanceof ProgramUnavailable)) throw error
    throw new Error(`${error.message}; video and sound need it: apt-get install ffmpeg`, { cause: error })
  }
}
