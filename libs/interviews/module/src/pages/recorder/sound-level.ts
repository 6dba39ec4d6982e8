import { element } from './element.ts'

const everyMilliseconds = 100

/** A bar that moves with what the microphone hears, so that nobody speaks to one that is off. */
export function soundLevel(stream: MediaStream): { place: HTMLElement; stop(): void } {
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  context.createMediaStreamSource(stream).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  // Speech at arm's length has a root mean square of about 0.1.
  const meter = element('meter', { min: 0, max: 0.2, low: 0.01 })
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    meter.value = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)
  }, everyMilliseconds)
  return {
    place: element('label', { className: 'level' }, 'Your microphone hears: ', meter),
    stop() {
      clearInterval(timer)
      void context.close()
    },
  }
}
