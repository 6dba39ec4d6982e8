/**
 * Sound that starts with the recording and keeps its pace: where packets are missing (a pause, a muted microphone that
 * sends nothing) there is silence of the same length, so that a time in the sound is the time in the picture.
 */
export const aligned = 'aresample=async=1:first_pts=0'

/** What speech recognition reads. Resampled before silence is filled in, which then takes a sixth of the memory. */
export const speechRate = 16_000
export const speech = `aformat=sample_fmts=s16:sample_rates=${speechRate}:channel_layouts=mono,${aligned}`
