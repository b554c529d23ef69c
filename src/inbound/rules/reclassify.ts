import { recordAct } from '../../audit/index.ts'
import { bounceGroupOf } from '../../channels/email/bounce-classes.ts'
import { liftBounced } from '../../contacts/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { addMs, hoursMs } from '../../lib/clock.ts'
import { notify } from '../../live/index.ts'
import { changeBounceClasses } from '../../messages/index.ts'
import { type OperationRunner, startOperation } from '../../operations/index.ts'
import { countHardBounces } from '../effects/queries.ts'
import { suppressAtLimit } from '../effects/suppress.ts'
import { readBounceSettings } from '../settings/queries.ts'
import { harmlessClasses } from './judge.ts'
import { judge } from './match.ts'
import { changeClasses, listOwnRules, listStoredAnswers } from './queries.ts'

const chunkRows = 500

export const startReclassification = (
  deps: Deps,
  actor: Actor,
  days: number,
): Promise<{ operation_id: string }> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const id = await startOperation(trx, deps, actor.accountId, {
      type: 'bounce_reclassification',
      object: { type: 'bounce', id: null, name: null },
      params: { days },
      startedBy: actor.userId,
    })
    await recordAct(trx, deps, actor, {
      action: 'bounce.reclassified',
      type: 'operation',
      id,
      after: { days },
    })
    return { operation_id: id }
  })

type Stored = Awaited<ReturnType<typeof listStoredAnswers>>[number]
type Change = { readonly row: Stored; readonly word: string }

/** What is no longer hard enough is let go, what has become hard is suppressed. */
const followUp = async (trx: Trx, accountId: string, changes: readonly Change[]): Promise<void> => {
  const softened = changes.filter(
    ({ row, word }) => bounceGroupOf(row.class) === 'hard' && bounceGroupOf(word) !== 'hard',
  )
  const { hard_limit: limit } = await readBounceSettings(trx, accountId)
  const hexes = [...new Set(softened.map(({ row }) => row.address_hash.toString('hex')))]
  const left = await countHardBounces(trx, accountId, hexes)
  await liftBounced(
    trx,
    accountId,
    hexes.filter((hex) => (left.get(hex) ?? 0) < limit).map((hex) => Buffer.from(hex, 'hex')),
  )
  await suppressAtLimit(
    trx,
    accountId,
    changes.flatMap(({ row, word }) =>
      row.address === null || !row.counts
        ? []
        : [
            {
              messageId: row.message_id,
              contactId: row.contact_id,
              address: row.address,
              hash: row.address_hash,
              class: word,
              text: row.text ?? '',
            },
          ],
    ),
  )
}

const judgeChunk = async (trx: Trx, accountId: string, rows: readonly Stored[]): Promise<number> => {
  const rules = await listOwnRules(trx, accountId)
  const changes = rows.flatMap((row): Change[] => {
    // Only the dialogue knows that retries were used up; a bounce that counted stays one.
    if (row.class === 'expired') return []
    const { class: word } = judge(rules, {
      code: row.code ?? '',
      text: row.text ?? '',
      receiver: row.receiver,
    })
    return word === row.class || (harmlessClasses as readonly string[]).includes(word) ? [] : [{ row, word }]
  })
  const named = changes.map(({ row, word }) => ({
    message_id: row.message_id,
    run_month: row.run_month,
    class: word,
  }))
  await changeClasses(trx, accountId, named)
  await changeBounceClasses(trx, accountId, named)
  await followUp(trx, accountId, changes)
  for (const sourceId of new Set(changes.map(({ row }) => row.source_id)))
    await notify(trx, accountId, 'report', sourceId)
  return changes.length
}

/** Judges stored answers by the rules of now, chunk by chunk; a chunk judged twice changes nothing. */
export const runReclassification: OperationRunner = async (deps, operation) => {
  const { accountId } = operation
  const days = Number(operation.params['days'] ?? 30)
  const since = addMs(deps.clock.now(), -hoursMs(24 * days))
  let after = typeof operation.checkpoint['after'] === 'string' ? operation.checkpoint['after'] : null
  let done = Number(operation.checkpoint['done'] ?? 0)
  let changed = Number(operation.checkpoint['changed'] ?? 0)
  for (;;) {
    const last = await inAccount(deps.db, accountId, async (trx) => {
      const rows = await listStoredAnswers(trx, accountId, { since, after, limit: chunkRows })
      changed += await judgeChunk(trx, accountId, rows)
      done += rows.length
      after = rows.at(-1)?.message_id ?? after
      await operation.advance(trx, { done, checkpoint: { after, done, changed } })
      return rows.length < chunkRows
    })
    if (last) return { looked_at: done, changed }
  }
}
