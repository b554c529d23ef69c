import { createHash } from 'node:crypto'
import type { Deps } from '../../http/deps.ts'
import { isInSortedFile } from './breached-file.ts'
import { isInRange } from './breached-range.ts'

/**
 * Whether the password is known from a leak (BREACHED_PASSWORDS). A list that does not answer stops nobody from choosing a
 * password: it fails open and says so in the log.
 */
export const isBreached = async (deps: Deps, password: string): Promise<boolean> => {
  const source = deps.config.breachedPasswords
  if (source.kind === 'off') return false
  const hash = createHash('sha1').update(password.normalize('NFC')).digest('hex').toUpperCase()
  try {
    return source.kind === 'file'
      ? await isInSortedFile(source.path, hash)
      : await isInRange(deps, source.endpoint, hash)
  } catch (error) {
    deps.log.warn(
      { part: 'breached-passwords', cause: error instanceof Error ? error.name : 'unknown' },
      'list not asked',
    )
    return false
  }
}
