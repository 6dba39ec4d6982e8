import type { BenchCase } from '../harness/case.ts'
import { pictureContest } from '../harness/pictures.ts'

export default {
  about: 'processor time for one picture in all variants, against sharp alone decoding it for each of them',
  unit: 'ms',
  better: 'less',
  // At most 0.75 of the processor time.
  target: 1.33,
  prepare: () => pictureContest('decode-each', ({ cpuMs }, pictures) => cpuMs / pictures),
} satisfies BenchCase
