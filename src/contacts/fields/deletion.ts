import { type Act, recordAct } from '../../audit/index.ts'
import { inAccount } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { conflict, notFound, versionConflict } from '../../http/errors.ts'
import { type RunningOperation, startOperation } from '../../operations/index.ts'
import { countAllContacts } from '../queries.ts'
import type { UsedInSource } from '../used-in.ts'
import { clearFieldChunk, deleteField, type FieldRow, findField, updateField } from './queries.ts'

/** With more contacts than this the values are removed in the background. */
const clearedAtOnceMax = 1_000
const chunkRows = 5_000

const deletionOf = (field: FieldRow): Act => ({
  action: 'field.deleted',
  type: 'field',
  id: field.name,
  before: { type: field.type, label: field.label, description: field.description },
})

/** Deletes a field with its values; answers the operation's id when the values go in the background. */
export const removeField = (
  deps: Deps,
  actor: Actor,
  given: { name: string; ifMatch: number | null },
  usedIn: UsedInSource,
): Promise<string | null> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId } = actor
    const field = await findField(trx, accountId, given.name)
    if (!field) throw notFound()
    if (given.ifMatch !== null && given.ifMatch !== field.version) throw versionConflict()
    const uses = (await usedIn(trx, accountId, { type: 'field', key: field.name })).filter(
      (use) => use.blocking,
    )
    if (uses.length > 0) throw conflict('field_in_use', '', { used_in: uses })
    if ((await countAllContacts(trx, accountId)) > clearedAtOnceMax) {
      await updateField(trx, accountId, field.name, { flags: JSON.stringify({ deleting: true }) })
      const operationId = await startOperation(trx, deps, accountId, {
        type: 'bulk_update',
        object: { type: 'field', id: null, name: field.name },
        params: { act: 'clear_field', name: field.name },
        startedBy: actor.userId,
      })
      await recordAct(trx, deps, actor, deletionOf(field))
      return operationId
    }
    await clearFieldChunk(trx, accountId, field.name, null, clearedAtOnceMax)
    await deleteField(trx, accountId, field.name)
    await recordAct(trx, deps, actor, deletionOf(field))
    return null
  })

/** Removes the values chunk by chunk, then the definition; goes on from the last chunk after a crash. */
export const runClearField = async (
  deps: Deps,
  operation: RunningOperation,
  name: string,
): Promise<Record<string, unknown>> => {
  const { accountId } = operation
  let lastId = typeof operation.checkpoint['last_id'] === 'string' ? operation.checkpoint['last_id'] : null
  let done = typeof operation.checkpoint['done'] === 'number' ? operation.checkpoint['done'] : 0
  for (;;) {
    const chunk = await inAccount(deps.db, accountId, async (trx) => {
      const cleared = await clearFieldChunk(trx, accountId, name, lastId, chunkRows)
      if (cleared.lastId === null) await deleteField(trx, accountId, name)
      await operation.advance(trx, {
        done: done + cleared.cleared,
        checkpoint: { last_id: cleared.lastId ?? lastId, done: done + cleared.cleared },
      })
      return cleared
    })
    done += chunk.cleared
    if (chunk.lastId === null) return { cleared: done }
    lastId = chunk.lastId
  }
}
