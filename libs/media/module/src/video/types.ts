import type { ContentLimits, EffortLimits } from './limits.ts'

export type ContainerName = 'webm' | 'matroska' | 'mp4' | 'mov' | 'ogg' | 'wav' | 'mp3' | 'flac' | 'aac'

/** What the first bytes of a file say it is. */
export interface Container {
  readonly name: ContainerName
  /** ffmpeg's only demuxer that may read it. */
  readonly demuxer: 'matroska' | 'mov' | 'ogg' | 'wav' | 'mp3' | 'flac' | 'aac'
  /** With a picture; `audioType` without. */
  readonly videoType: string
  readonly audioType: string
}

export interface VideoFacts {
  /** Index of the stream in its file. */
  readonly stream: number
  /** ffmpeg's name: `h264`, `vp8`. */
  readonly codec: string
  readonly profile?: string
  readonly pixelFormat?: string
  /** As it is to be shown: turned upright, in square pixels. */
  readonly width: number
  readonly height: number
  /** Width of a stored pixel by its height. */
  readonly pixelAspect: number
  /** Clockwise turn that makes the stored picture upright. */
  readonly rotation: 0 | 90 | 180 | 270
  readonly frames: number
  /** When its last picture ends, from the start of the recording. */
  readonly endSeconds: number
  /** Pictures per second on average, counted. */
  readonly frameRate: number
  /** The exact rate as a fraction (`30000/1001`) when it is constant. */
  readonly constantRate?: string
  /** The longest stretch without a picture that can be decoded by itself. */
  readonly longestGopSeconds: number
  readonly interlaced: boolean
  /** `pq` and `hlg` pictures look washed out unless they are mapped to the range of a usual screen. */
  readonly highDynamicRange: boolean
}

export interface AudioFacts {
  readonly stream: number
  readonly codec: string
  readonly profile?: string
  /** When its last packet ends, from the start of the recording. */
  readonly endSeconds: number
  readonly channels: number
  /** Hz. */
  readonly sampleRate: number
}

/** What a file was found to hold. Tracks other than the first picture and the first sound are counted and ignored. */
export interface MediaFacts {
  readonly container: ContainerName
  readonly mediaType: string
  readonly bytes: number
  /** From the first to the end of the last packet, counted; what the header says only ever refuses. */
  readonly seconds: number
  readonly streams: number
  readonly video?: VideoFacts
  readonly audio?: AudioFacts
}

export interface StepOptions {
  /** Whole percent from 0 to 100, never falling; at most about twice a second. */
  readonly onProgress?: (percent: number) => void
  /** Kills the run with its process group; the step then rejects with the signal's reason. */
  readonly signal?: AbortSignal
  readonly limits?: Partial<EffortLimits>
}

/** A file that was written whole. */
export interface Rendition {
  readonly path: string
  readonly mediaType: string
  readonly bytes: number
  readonly width?: number
  readonly height?: number
  readonly seconds?: number
}

export interface Transcoded extends Rendition {
  /** The facts of the new file, for the steps that read it. */
  readonly facts: MediaFacts
  /** Whether any stream was encoded anew; else they were only put into a new container. */
  readonly encoded: boolean
}

/** An HLS rendition: flat names, relative to each other, so that they may be served below any address. */
export interface HlsFiles {
  /** Name of the playlist a player opens. */
  readonly main: string
  /** Every file of the folder, the main playlist last: who copies them in this order never publishes a dangling one. */
  readonly files: readonly { readonly name: string; readonly mediaType: string; readonly bytes: number }[]
  readonly variants: readonly { readonly name: string; readonly width?: number; readonly height?: number }[]
}

export interface Waveform {
  readonly version: 1
  readonly seconds: number
  /** Loudest sample of each equal part, 0–1 of full scale. Nothing is normalised: silence stays flat. */
  readonly peaks: readonly number[]
}

/**
 * Everything ffmpeg does here. Every function rejects with `VideoError` (or the reason of an aborted signal), writes
 * its output under `<output>.partial` and renames it once its own inspection says that it is whole. Doing it again
 * replaces both; two runs at the same time need two outputs.
 */
export interface VideoTools {
  /** The confinements that this machine lacks the programs for (`prlimit`, `setpriv`), empty on Debian. */
  readonly missing: readonly string[]
  /** Reads the whole file once, without decoding it. */
  probe(
    input: string,
    limits?: Partial<ContentLimits>,
    options?: Pick<StepOptions, 'signal' | 'limits'>,
  ): Promise<MediaFacts>
  /**
   * A seekable MP4 (H.264, AAC) that any browser plays, at most 1280 × 720 and 30 pictures per second, upright and
   * without metadata; without picture an M4A. Streams that are fit already are copied, not encoded.
   */
  transcode(input: string, output: string, facts: MediaFacts, options?: StepOptions): Promise<Transcoded>
  /** A JPEG of an early picture, the one most like its neighbours. `no-video` without one. */
  poster(input: string, output: string, facts: MediaFacts, options?: StepOptions): Promise<Rendition>
  /** A folder with a playlist per size and one over them. `input` is what `transcode` wrote. */
  hls(input: string, folder: string, facts: MediaFacts, options?: StepOptions): Promise<HlsFiles>
  /** 16 kHz mono 16-bit sound whose time 0 is that of the recording, as loud as recorded. `no-audio` without any. */
  speechAudio(
    input: string,
    output: string,
    facts: MediaFacts,
    options?: StepOptions & { readonly format?: 'wav' | 'flac' },
  ): Promise<Rendition>
  /** A JSON file of `Waveform`. `points` is 1000 unless told. */
  waveform(
    input: string,
    output: string,
    facts: MediaFacts,
    options?: StepOptions & { readonly points?: number },
  ): Promise<Rendition>
}
