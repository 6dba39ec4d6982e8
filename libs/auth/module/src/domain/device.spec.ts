import { expect, test } from 'vitest'
import { deviceFingerprint, deviceName, network } from './device.ts'

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0'
const edge =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0'

test.each([
  [firefox, 'Firefox on Linux'],
  [edge, 'Edge on Windows'],
  ['curl/8.5.0', 'curl'],
  ['(((', 'Unknown client'],
  [undefined, 'Unknown device'],
])('%s is %s', (userAgent, name) => {
  expect(deviceName(userAgent)).toBe(name)
})

test('an update of the browser or another address of the provider is the same device', () => {
  const known = deviceFingerprint(firefox, '203.0.113.7')
  expect(deviceFingerprint(firefox.replaceAll('144', '145'), '203.0.113.99')).toBe(known)
  expect(deviceFingerprint(edge, '203.0.113.7')).not.toBe(known)
  expect(deviceFingerprint(firefox, '198.51.100.7')).not.toBe(known)
})

test.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1'],
  ['2001:0db8:0001::6', '2001:db8:1'],
  ['::1', '0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0'],
  ['::ffff:203.0.113.7', '203.0.113'],
  [undefined, 'unknown'],
])('%s belongs to %s', (address, prefix) => {
  expect(network(address, 24, 48)).toBe(prefix)
})
