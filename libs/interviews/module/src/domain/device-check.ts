import type { DeviceFindings, DeviceVerdict, RecordedMode } from '@cenopie/interviews-contract'

/** What was measured of a recording. Levels in dBFS. */
export interface DeviceMeasures {
  readonly mode: RecordedMode
  readonly seconds: number
  readonly sound?: SoundMeasures | undefined
  /** `brightness` of its still picture, 0 black to 255 white; absent when it could not be looked at. */
  readonly picture?: { width: number; height: number; brightness?: number } | undefined
}

export interface SoundMeasures {
  readonly peakDbfs: number
  readonly meanDbfs: number
  readonly voiceSeconds: number
  /** Of the samples, 0–1: how many lie at the top of the scale. */
  readonly clippedShare: number
}

/** Less than this says nothing, seconds. */
const leastSeconds = 1
/** What ffmpeg's silencedetect takes for silence, dBFS. */
const silence = -60
/** A sentence has more, seconds. */
const leastVoice = 0.5
/**
 * ITU-T P.830 tries codecs with speech at -16, -26 and -36 dBov: what lies clearly below the quietest of these is turned
 * up, noise and all, before anybody understands it.
 */
const leastVoiceDbfs = -40
/**
 * Measured through Opus at 32 kbit/s and AAC: speech has 0.1 % of its samples in the upper twentieth of the scale when
 * it overshoots by 2 dB, which nobody hears, and 1–2 % when it overshoots by 8 dB and more.
 */
const mostClipped = 0.005
/** A lens that is covered gives a little noise on black. */
const leastBrightness = 16

const advices: Readonly<Record<Exclude<DeviceVerdict, 'good'>, string>> = {
  'no-sound': 'No sound arrived. Allow the browser to use the microphone, and choose the right one.',
  'no-picture': 'No picture arrived. Allow the browser to use the camera, and choose the right one.',
  'too-short': 'The recording is too short. Record a whole sentence.',
  silent: 'The recording is silent. The microphone may be muted, or another one may be chosen.',
  'no-voice': 'There is sound, but no voice in it. Speak a sentence, somewhere with less noise.',
  'too-quiet': 'Your voice is very quiet. Move closer to the microphone, or turn its level up.',
  clipped: 'Your voice is too loud and distorted. Move away from the microphone, or turn its level down.',
  'dark-picture': 'The picture is black. Open the camera’s cover, or turn on a light.',
}

/** What a recording says of camera and microphone, and what its maker can do. */
export function deviceFindings(measures: DeviceMeasures): DeviceFindings {
  const { seconds, sound, picture } = measures
  const wrong = problems(measures)
  return {
    verdict: wrong[0] ?? 'good',
    advice: wrong.map((problem) => advices[problem]),
    seconds: rounded(seconds),
    ...(sound && {
      sound: {
        peakDbfs: rounded(sound.peakDbfs),
        meanDbfs: rounded(sound.meanDbfs),
        voiceSeconds: rounded(sound.voiceSeconds),
      },
    }),
    ...(picture && { picture: { width: picture.width, height: picture.height } }),
  }
}

function problems({ mode, seconds, sound, picture }: DeviceMeasures): Exclude<DeviceVerdict, 'good'>[] {
  const dark = picture?.brightness !== undefined && picture.brightness < leastBrightness
  return [
    ...(sound ? [] : (['no-sound'] as const)),
    ...(mode === 'audio' || picture ? [] : (['no-picture'] as const)),
    ...(seconds < leastSeconds ? (['too-short'] as const) : sound ? problemsOfSound(sound) : []),
    ...(mode === 'video' && dark ? (['dark-picture'] as const) : []),
  ]
}

function problemsOfSound({ peakDbfs, meanDbfs, voiceSeconds, clippedShare }: SoundMeasures) {
  if (peakDbfs < silence) return ['silent'] as const
  if (clippedShare > mostClipped) return ['clipped'] as const
  if (voiceSeconds < leastVoice) return ['no-voice'] as const
  return meanDbfs < leastVoiceDbfs ? (['too-quiet'] as const) : []
}

const rounded = (value: number) => Math.round(value * 10) / 10
