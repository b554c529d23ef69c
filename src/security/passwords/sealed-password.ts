import type { SealedColumn } from '../../db/sealed-columns.ts'
import type { KeyRing } from '../../lib/secrets.ts'
import { hashPassword, isOutdatedHash, verifyPassword } from './hashing.ts'

/** The stored form is sealed with a key outside the database: a leaked table alone cannot be guessed against (security.md §4.2). */
const purpose = 'password'
export const sealedPassword: SealedColumn = {
  table: 'users',
  column: 'password_sealed',
  key: 'id',
  purpose,
  context: (userId) => userId,
}

export const makeSealedPassword = async (keys: KeyRing, userId: string, password: string): Promise<Buffer> =>
  keys.seal(purpose, userId, Buffer.from(await hashPassword(password)))

/** Works equally long with no stored password and answers false. */
export const fitsSealedPassword = (
  keys: KeyRing,
  userId: string,
  sealed: Buffer | null,
  password: string,
): Promise<boolean> =>
  verifyPassword(sealed ? (keys.open(purpose, userId, sealed)?.toString() ?? null) : null, password)

export const isGe15 = (password: string): boolean => [...password.normalize('NFC')].length >= 15

export const isOutdatedSealed = (keys: KeyRing, userId: string, sealed: Buffer): boolean =>
  isOutdatedHash(keys.open(purpose, userId, sealed)?.toString() ?? '')
