import { expect, test } from 'vitest'
import { createPasswords } from './passwords.ts'

const passwords = createPasswords(2, 10)

test('a password is kept as Argon2id with the parameters that OWASP names', async () => {
  const kept = await passwords.hash('correct horse battery')
  expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  await expect(passwords.verify(kept, 'correct horse battery')).resolves.toBe(true)
  await expect(passwords.verify(kept, 'correct horse batterz')).resolves.toBe(false)
})

test('without an account no password is right', async () => {
  await expect(passwords.verify(undefined, '')).resolves.toBe(false)
})
