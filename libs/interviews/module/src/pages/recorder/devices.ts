import type { CandidateQuestion, RecordedMode } from '@cenopie/interviews-contract'

/** What a face and a voice need; more would be bytes to upload. */
const video = { width: { ideal: 960 }, height: { ideal: 540 }, frameRate: { ideal: 24 }, facingMode: 'user' }
const bitsPerSecond = { videoBitsPerSecond: 1_200_000, audioBitsPerSecond: 64_000 }

/** In order of preference; the second of each is for browsers that write no WebM. */
const types: Record<RecordedMode, string[]> = {
  video: ['video/webm;codecs=vp8,opus', 'video/webm', 'video/mp4'],
  audio: ['audio/webm;codecs=opus', 'audio/webm', 'audio/mp4'],
}

/** How often what was recorded is put by, milliseconds. */
const pieceMilliseconds = 1000

const recorded = ['video', 'audio'] as const

/** How any of these questions may be recorded. */
export function recordedModes(questions: readonly Pick<CandidateQuestion, 'modes'>[]): RecordedMode[] {
  return recorded.filter((mode) => questions.some(({ modes }) => modes.includes(mode)))
}

export function canRecord(): boolean {
  return 'mediaDevices' in navigator && 'MediaRecorder' in window
}

/** Opens microphone and, for a video, camera. Rejects with words for the person. */
export async function openDevices(mode: RecordedMode): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true, video: mode === 'video' && video })
  } catch (cause) {
    throw new Error(whyClosed(cause, mode), { cause })
  }
}

function whyClosed(cause: unknown, mode: RecordedMode): string {
  const devices = mode === 'video' ? 'camera and microphone' : 'microphone'
  switch (cause instanceof DOMException ? cause.name : '') {
    case 'NotAllowedError':
      return `This page may not use your ${devices}. You can allow it in your browser, beside the address.`
    case 'NotFoundError':
    case 'OverconstrainedError':
      return `No ${devices} was found.`
    case 'NotReadableError':
      return `Your ${devices} cannot be used. Maybe another program uses it.`
    default:
      return `Your ${devices} could not be opened.`
  }
}

export function closeDevices(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

export interface Recording {
  type: string
  /** Resolves once it is stopped, by `stop` or since the devices went away. */
  whole: Promise<Blob>
  stop(): void
}

/** Records until it is stopped; `piece` gets what there is as it comes. */
export function record(stream: MediaStream, mode: RecordedMode, piece?: (part: Blob) => void): Recording {
  const mimeType = types[mode].find((type) => MediaRecorder.isTypeSupported(type))
  const recorder = new MediaRecorder(stream, { ...bitsPerSecond, ...(mimeType && { mimeType }) })
  const parts: Blob[] = []
  const whole = new Promise<Blob>((resolve) => {
    recorder.ondataavailable = ({ data }) => {
      if (data.size === 0) return
      parts.push(data)
      piece?.(data)
    }
    recorder.onstop = () => resolve(new Blob(parts, { type: recorder.mimeType }))
  })
  recorder.start(pieceMilliseconds)
  return {
    type: recorder.mimeType,
    whole,
    stop() {
      if (recorder.state !== 'inactive') recorder.stop()
    },
  }
}
