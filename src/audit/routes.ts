import { inAccount } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { invalidField } from '../http/errors.ts'
import { answer, type ServeScope, serve } from '../http/serve.ts'
import { listMadeCheckpoints, makeCheckpointNow } from './checkpoints/checkpoints.ts'
import {
  getAuditRecord,
  listAuditLog,
  listCheckpoints,
  listOperatorAuditLog,
  listOwnActivity,
  makeCheckpoint,
  type Verdict,
  verifyAuditLog,
  verifyOperatorAuditLog,
} from './contract.ts'
import { byActor } from './entry.ts'
import { listLog, listOwn, readRecord } from './log/log.ts'
import { record } from './record.ts'
import { type VerifyRange, verifyChain } from './verify/verify.ts'

const verifyFor = async (
  deps: Deps,
  actor: Actor,
  accountId: string,
  range: VerifyRange,
): Promise<Verdict> => {
  if (range.from_seq !== undefined && range.to_seq !== undefined && range.from_seq > range.to_seq)
    throw invalidField('/to_seq', 'range_invalid', 'must not be below from_seq')
  const verdict = await verifyChain(deps, accountId, range)
  await inAccount(deps.db, actor.accountId, (trx) =>
    record(trx, deps, byActor(actor), {
      action: 'audit_log.verified',
      ...(accountId === actor.accountId ? {} : { object: { type: 'account', id: accountId } }),
      result: verdict.ok ? 'ok' : 'error',
      reason: verdict.kind,
      diff: { after: { ...range, checked: verdict.checked, first_bad_seq: verdict.first_bad_seq } },
    }),
  )
  return verdict
}

export const auditRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, listAuditLog, ({ actor, query, now }) => listLog(deps, actor, query, now))
  serve(scope, listOwnActivity, ({ actor, query, now }) => listOwn(deps, actor, query, now))
  serve(scope, verifyAuditLog, ({ actor, body }) => verifyFor(deps, actor, actor.accountId, body))
  serve(scope, listCheckpoints, ({ actor, query, now }) =>
    listMadeCheckpoints(deps, actor.accountId, query, now),
  )
  serve(scope, makeCheckpoint, async ({ actor }) => answer(201, await makeCheckpointNow(deps, actor)))
  serve(scope, getAuditRecord, ({ actor, params }) => readRecord(deps, actor, params.seq))
  serve(scope, listOperatorAuditLog, ({ actor, query, now }) => listLog(deps, actor, query, now))
  serve(scope, verifyOperatorAuditLog, ({ actor, body }) => {
    const { account_id: accountId, ...range } = body
    return verifyFor(deps, actor, accountId ?? actor.accountId, range)
  })
}
