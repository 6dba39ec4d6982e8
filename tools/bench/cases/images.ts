import type { BenchCase } from '../harness/case.ts'
import { pictureContest } from '../harness/pictures.ts'

export default {
  about:
    'photographs, a screenshot and a logo in all variants, against sharp alone decoding each picture once',
  unit: 'images/s',
  better: 'more',
  target: 0.95,
  prepare: () => pictureContest('bare', ({ ms }, pictures) => (pictures * 1000) / ms),
} satisfies BenchCase
