import { lines } from './packets.ts'

/** Reads what ffmpeg's `-progress` writes and tells whole percents, each once; 100 is for whoever knows that all is done. */
export function progressOf(seconds: number, tell: (percent: number) => void = () => {}) {
  let told = -1
  return lines((line) => {
    const [name, value] = line.split('=')
    if (name !== 'out_time_us') return
    const percent = Math.min(99, Math.floor(Number(value) / (seconds * 10_000)))
    if (!(percent > told)) return
    told = percent
    tell(percent)
  })
}
