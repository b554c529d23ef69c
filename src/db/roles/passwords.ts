import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { KeyRing } from '../../lib/secrets.ts'
import { readSecretFile, writeSecretFile } from '../secret-file.ts'

/** Roles that sign in; `campanile_lookup` only owns functions. */
export const loginRoles = ['campanile_owner', 'campanile_app', 'campanile_jobs'] as const
export type LoginRole = (typeof loginRoles)[number]
export type RolePasswords = Readonly<Record<LoginRole, string>>

const passwordFile = (dataDir: string) => join(dataDir, 'database-roles.json')

export const randomPasswords = (): RolePasswords => {
  const password = () => randomBytes(24).toString('base64url')
  return { campanile_owner: password(), campanile_app: password(), campanile_jobs: password() }
}

/** Seals what is kept; without it (no key is known yet) the file's mode is the only guard. */
export type Seal = Pick<KeyRing, 'seal' | 'open'>

const purpose = 'database-roles'

/** The kept passwords; `null` when the file is lost, spoilt or sealed with a lost key, which new passwords repair. */
export const readPasswords = async (dataDir: string, seal?: Seal): Promise<RolePasswords | null> => {
  const text = await readSecretFile(passwordFile(dataDir))
  if (text === null) return null
  const opened = seal ? seal.open(purpose, '', Buffer.from(text, 'base64'))?.toString() : text
  return opened === undefined ? null : parsePasswords(opened)
}

const parsePasswords = (text: string): RolePasswords | null => {
  try {
    const { campanile_owner, campanile_app, campanile_jobs } = JSON.parse(text) as Record<LoginRole, unknown>
    if (typeof campanile_owner !== 'string' || typeof campanile_app !== 'string') return null
    return typeof campanile_jobs === 'string' ? { campanile_owner, campanile_app, campanile_jobs } : null
  } catch {
    return null
  }
}

export const keepPasswords = (dataDir: string, passwords: RolePasswords, seal?: Seal): Promise<void> => {
  const text = JSON.stringify(passwords)
  const kept = seal ? seal.seal(purpose, '', Buffer.from(text)).toString('base64') : text
  return writeSecretFile(passwordFile(dataDir), kept)
}

/**
 * What PostgreSQL itself would store (RFC 5802, RFC 7677). Made here, so that the password stands neither in a
 * statement nor in the server's log of statements. Passwords are ASCII, SASLprep leaves them as they are.
 */
export const scramVerifier = (password: string, salt: Buffer = randomBytes(16)): string => {
  const iterations = 4096
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const key = (name: string) => createHmac('sha256', salted).update(name).digest()
  const storedKey = createHash('sha256').update(key('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${key('Server Key').toString('base64')}`
}
