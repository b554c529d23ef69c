import { byUser, record } from '../../audit/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Where } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { circumstances, notify } from '../../system-stream/index.ts'
import { type Judgement, judgeAddress } from '../network/index.ts'
import { deleteSessions, noteMismatch, type SessionRow } from './queries.ts'

/** Judges an open session by the list that is in force at this moment. */
export const judgeSession = (
  trx: Trx,
  accountId: string,
  row: SessionRow,
  address: string | null,
): Promise<Judgement> => judgeAddress(trx, { accountId, userId: row.user_id, scope: 'panel', address })

/**
 * A session used from outside the list: its person is told once, and with `revoke` it ends. With `deny` it lives on and
 * works again from inside (security.md §2.5).
 */
export const noteOutside = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  row: SessionRow,
  where: Where,
  judgement: Judgement,
): Promise<void> => {
  const first = await noteMismatch(trx, accountId, row.id)
  const revoked = judgement.onMismatch === 'revoke'
  if (revoked) await deleteSessions(trx, accountId, { sessionId: row.id })
  if (!first && !revoked) return
  if (first) {
    await notify(trx, deps, {
      accountId,
      userId: row.user_id,
      kind: 'session_elsewhere',
      values: circumstances(deps, where),
    })
  }
  const by = byUser(accountId, where, { userId: row.user_id, name: `${row.first_name} ${row.last_name}` })
  const object = { type: 'session', id: row.id }
  await record(trx, deps, by, { action: 'session.mismatch', object, result: 'denied', reason: 'ip' })
  if (revoked) await record(trx, deps, by, { action: 'session.ended', object, reason: 'ip' })
}
