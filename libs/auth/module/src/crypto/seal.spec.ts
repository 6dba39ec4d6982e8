import { expect, test } from 'vitest'
import { deriveKey } from './derive.ts'
import { seal, unseal } from './seal.ts'

const key = deriveKey('one secret', 'test')
const plain = Buffer.from('a private key')

test('what is sealed opens with the same key and context only', () => {
  const sealed = seal(key, plain, 'key-1')
  expect(unseal(key, sealed, 'key-1')).toEqual(plain)
  expect(() => unseal(key, sealed, 'key-2')).toThrow()
  expect(() => unseal(deriveKey('another secret', 'test'), sealed, 'key-1')).toThrow()
  expect(() => unseal(deriveKey('one secret', 'other'), sealed, 'key-1')).toThrow()
  sealed.writeUInt8(sealed.readUInt8(sealed.length - 1) ^ 1, sealed.length - 1)
  expect(() => unseal(key, sealed, 'key-1')).toThrow()
})

test('the same text never seals alike', () => {
  expect(seal(key, plain, 'key-1')).not.toEqual(seal(key, plain, 'key-1'))
})
