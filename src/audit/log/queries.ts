import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import { type EntryRow, entryColumns } from '../queries.ts'

/** What a page of the log is cut by; undefined = does not matter. */
export type LogFilter = {
  readonly from: Date | null
  readonly to: Date | null
  readonly action?: string | undefined
  readonly section?: string | undefined
  readonly userId?: string | undefined
  readonly actorType?: string | undefined
  readonly address?: { readonly lo: Buffer; readonly hi: Buffer } | 'unresolved' | undefined
  readonly objectId?: string | undefined
  readonly result?: string | undefined
  readonly text?: string | undefined
}

const contains = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`

const bySubject = (accountId: string, condition: RawBuilder<unknown>) =>
  sql`e.subject in (select s.commitment from audit_subjects s where s.account_id = ${accountId} and ${condition})`

const byText = (accountId: string, text: string) => {
  const like = contains(text)
  return sql`(e.action ilike ${like} or e.reason ilike ${like} or e.object_type ilike ${like} or e.object_id ilike ${like}
    or e.request_id ilike ${like} or e.actor_id ilike ${like} or e.diff::text ilike ${like}
    or e.actor_id in (select u.id::text from users u where u.account_id = ${accountId}
      and (u.login ilike ${like} or u.email ilike ${like} or u.first_name || ' ' || u.last_name ilike ${like})))`
}

const conditions = (accountId: string, filter: LogFilter): RawBuilder<unknown>[] => {
  const { address } = filter
  const found: (RawBuilder<unknown> | null)[] = [
    filter.from && sql`e.at >= ${filter.from}`,
    filter.to && sql`e.at <= ${filter.to}`,
    filter.action === undefined ? null : sql`e.action = ${filter.action}`,
    filter.section === undefined ? null : sql`e.section = ${filter.section}`,
    filter.userId === undefined
      ? null
      : sql`(e.actor_id = ${filter.userId} or e.on_behalf_of = ${filter.userId})`,
    filter.actorType === undefined ? null : sql`e.actor_type = ${filter.actorType}`,
    filter.objectId === undefined ? null : sql`e.object_id = ${filter.objectId}`,
    filter.result === undefined ? null : sql`e.result = ${filter.result}`,
    filter.text === undefined ? null : byText(accountId, filter.text),
    address === undefined
      ? null
      : address === 'unresolved'
        ? sql`e.actor_type <> 'system' and ${bySubject(accountId, sql`s.address is null`)}`
        : bySubject(accountId, sql`s.address between ${address.lo} and ${address.hi}`),
  ]
  return found.filter((condition) => condition !== null)
}

export const listEntries = async (
  trx: Trx,
  accountId: string,
  filter: LogFilter,
  page: { readonly beforeSeq: number | null; readonly limit: number },
): Promise<EntryRow[]> => {
  const parts = [
    sql`e.account_id = ${accountId}`,
    ...(page.beforeSeq === null ? [] : [sql`e.seq < ${page.beforeSeq}`]),
    ...conditions(accountId, filter),
  ]
  const { rows } = await sql<EntryRow>`select ${entryColumns} from audit_entries e
    where ${sql.join(parts, sql` and `)} order by e.seq desc, e.at desc limit ${page.limit}`.execute(trx)
  return rows
}

export const findEntry = async (trx: Trx, accountId: string, seq: number): Promise<EntryRow | null> => {
  const { rows } = await sql<EntryRow>`select ${entryColumns} from audit_entries e
    where e.account_id = ${accountId} and e.seq = ${seq} order by e.at limit 1`.execute(trx)
  return rows[0] ?? null
}

/** Oldest first, for files. */
export const listEntriesFrom = async (
  trx: Trx,
  accountId: string,
  chunk: { readonly from: Date; readonly to: Date; readonly afterSeq: number; readonly limit: number },
): Promise<EntryRow[]> => {
  const { rows } = await sql<EntryRow>`select ${entryColumns} from audit_entries e
    where e.account_id = ${accountId} and e.at >= ${chunk.from} and e.at <= ${chunk.to} and e.seq > ${chunk.afterSeq}
    order by e.seq, e.at limit ${chunk.limit}`.execute(trx)
  return rows
}

export const listEntriesBySeq = async (
  trx: Trx,
  accountId: string,
  seqs: readonly number[],
): Promise<EntryRow[]> => {
  const { rows } = await sql<EntryRow>`select ${entryColumns} from audit_entries e
    where e.account_id = ${accountId} and e.seq = any(${[...seqs]}::bigint[]) order by e.seq, e.at`.execute(
    trx,
  )
  return rows
}
