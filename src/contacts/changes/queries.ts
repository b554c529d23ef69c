import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { Position } from '../../lib/paging.ts'

export type FieldChangeEntry = { readonly field: string; readonly old: unknown; readonly new: unknown }

export const insertChanges = async (
  trx: Trx,
  accountId: string,
  contactId: string,
  actor: Readonly<Record<string, unknown>>,
  changes: readonly FieldChangeEntry[],
): Promise<void> => {
  if (changes.length === 0) return
  await trx
    .insertInto('contact_changes')
    .values(
      changes.map((change) => ({
        account_id: accountId,
        contact_id: contactId,
        id: sql<string>`uuid_v7()`,
        actor: JSON.stringify(actor),
        field: change.field,
        old_value: JSON.stringify(change.old ?? null),
        new_value: JSON.stringify(change.new ?? null),
      })),
    )
    .execute()
}

export const listChangeRows = (
  trx: Trx,
  accountId: string,
  contactId: string,
  after: Position | null,
  limit: number,
) =>
  trx
    .selectFrom('contact_changes as e')
    .leftJoin('users as u', (join) =>
      join.on('u.account_id', '=', accountId).on(sql<boolean>`u.id::text = e.actor ->> 'user_id'`),
    )
    .selectAll('e')
    .select(['u.id as user_id', 'u.first_name', 'u.last_name'])
    .where('e.account_id', '=', accountId)
    .where('e.contact_id', '=', contactId)
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(e.at, e.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
    )
    .orderBy('e.at', 'desc')
    .orderBy('e.id', 'desc')
    .limit(limit)
    .execute()

export type ChangeRow = Awaited<ReturnType<typeof listChangeRows>>[number]
