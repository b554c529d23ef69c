import { sql } from 'kysely'
import { type Db, instanceAccountId, type Trx } from '../db/pool.ts'
import type { HeldReason } from './contract.ts'

export const lockGuard = (trx: Trx) =>
  trx
    .selectFrom('instance_guards')
    .selectAll()
    .where('account_id', '=', instanceAccountId)
    .forUpdate()
    .executeTakeFirst()
export type GuardRow = NonNullable<Awaited<ReturnType<typeof lockGuard>>>

export const findGuard = (trx: Trx) =>
  trx.selectFrom('instance_guards').selectAll().where('account_id', '=', instanceAccountId).executeTakeFirst()

/** Two nodes may start on an empty database at once: the first names the installation. */
export const insertGuard = (
  trx: Trx,
  guard: { instanceId: string; secretSealed: Buffer; publicHost: string },
) =>
  trx
    .insertInto('instance_guards')
    .values({
      account_id: instanceAccountId,
      instance_id: guard.instanceId,
      secret_sealed: guard.secretSealed,
      public_host: guard.publicHost,
    })
    .onConflict((conflict) => conflict.column('account_id').doNothing())
    .execute()

export const holdInstance = (trx: Trx, reason: HeldReason, detail: object) =>
  trx
    .updateTable('instance_guards')
    .set({
      held_reason: reason,
      held_detail: JSON.stringify(detail),
      held_at: sql<Date>`app_now()`,
      updated_at: sql<Date>`app_now()`,
    })
    .where('account_id', '=', instanceAccountId)
    .execute()

export const raiseMark = (trx: Trx, secretSealed: Buffer | null) =>
  trx
    .updateTable('instance_guards')
    .set({
      mark: sql<number>`mark + 1`,
      updated_at: sql<Date>`app_now()`,
      ...(secretSealed ? { secret_sealed: secretSealed } : {}),
    })
    .where('account_id', '=', instanceAccountId)
    .execute()

export const releaseInstance = (
  trx: Trx,
  now: { instanceId: string; secretSealed: Buffer; publicHost: string; mark: number },
) =>
  trx
    .updateTable('instance_guards')
    .set({
      instance_id: now.instanceId,
      secret_sealed: now.secretSealed,
      public_host: now.publicHost,
      mark: now.mark,
      held_reason: null,
      held_detail: '{}',
      held_at: null,
      updated_at: sql<Date>`app_now()`,
    })
    .where('account_id', '=', instanceAccountId)
    .execute()

/** Asked from the transaction of any account. */
export const findHeldReason = async (db: Db | Trx): Promise<HeldReason | null> => {
  const { rows } = await sql<{ reason: HeldReason | null }>`select instance_held() as reason`.execute(db)
  return rows[0]?.reason ?? null
}
