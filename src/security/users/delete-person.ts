import { releaseDirectoryEntry } from '../../accounts/index.ts'
import type { Trx } from '../../db/pool.ts'
import { killLinks } from '../links/index.ts'
import { endSessions } from '../sessions/session.ts'
import { markDeleted } from './queries.ts'

/** A person goes: no session, no link, and the login is free for somebody else. */
export const deletePerson = async (trx: Trx, accountId: string, id: string): Promise<void> => {
  await markDeleted(trx, accountId, id)
  await endSessions(trx, accountId, id)
  await killLinks(trx, accountId, id)
  await releaseDirectoryEntry(trx, { kind: 'login', accountId, targetId: id })
}
