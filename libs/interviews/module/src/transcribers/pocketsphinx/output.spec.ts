import { expect, test } from 'vitest'
import { parseOutput } from './output.ts'

/** As printed by Debian's pocketsphinx_continuous 0.8+5prealpha+1-15. */
const printed = `request for two weeks
<s> 0.000 0.180 0.999600
request 6.480 6.940 0.771260
for(2) 6.950 7.120 0.480040
[SPEECH] 7.130 7.140 0.9
++UM++ 7.150 7.200 0.600000
++BREATH++ 7.210 7.300 0.600000
<sil> 7.310 7.330 0.426220
two 7.340 7.910 1.000500
weeks 7.920 7.950 6.3e-05
</s> 7.960 8.000 1.000000

`

test('words with times and confidence, without silence, noise and pronunciations', () => {
  expect(parseOutput(printed, 'en')).toEqual([
    { text: 'request', start: 6.48, end: 6.95, confidence: 0.77126 },
    { text: 'for', start: 6.95, end: 7.13, confidence: 0.48004 },
    { text: 'um', start: 7.15, end: 7.21, confidence: 0.6 },
    { text: 'two', start: 7.34, end: 7.92, confidence: 1 },
    { text: 'weeks', start: 7.92, end: 7.96, confidence: 6.3e-5 },
  ])
})

test.each(['', '\n', 'INFO: something 1 2'])('nothing heard in %j', (output) => {
  expect(parseOutput(output, 'en')).toEqual([])
})
