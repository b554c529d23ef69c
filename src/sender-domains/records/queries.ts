import { sql } from 'kysely'
import type { DkimAlgorithm } from '../../content/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { NewKey } from '../keys.ts'
import type { RecordState } from '../state.ts'
import type { Expected, RecordKind, RecordType } from './expected.ts'

export type RecordRow = Expected & {
  readonly id: string
  readonly kind: RecordKind
  readonly type: RecordType
  readonly state: RecordState
  readonly found: string[]
  readonly finding: string | null
  readonly finding_detail: Readonly<Record<string, string>>
  readonly valid_at: Date | null
  readonly invalid_since: Date | null
  readonly checked_at: Date | null
  readonly retired_until: Date | null
}

export const listRecords = async (trx: Trx, accountId: string, domainId: string): Promise<RecordRow[]> => {
  const { rows } = await sql<RecordRow>`
    select id, kind, type, name, expected, selector, state, found, finding, finding_detail, valid_at, invalid_since,
      checked_at, retired_until from sender_domain_records
    where account_id = ${accountId} and domain_id = ${domainId}
    order by array_position(array['ownership', 'dkim', 'return_path', 'dmarc', 'spf', 'tracking'], kind),
      retired_until nulls first, name, type`.execute(trx)
  return rows
}

export const insertRecord = (
  trx: Trx,
  accountId: string,
  record: Expected & { readonly id: string; readonly domainId: string },
) =>
  trx
    .insertInto('sender_domain_records')
    .values({
      account_id: accountId,
      domain_id: record.domainId,
      id: record.id,
      kind: record.kind,
      type: record.type,
      name: record.name,
      expected: record.expected,
      selector: record.selector,
    })
    .execute()

type RecordChange = {
  expected?: string
  state?: RecordState
  found?: string[]
  finding?: string | null
  finding_detail?: string
  valid_at?: Date | null
  invalid_since?: Date | null
  checked_at?: Date
  retired_until?: Date | null
}

/** Of one domain, so that a record of a domain removed meanwhile is simply not there. */
export const updateRecord = (
  trx: Trx,
  accountId: string,
  domainId: string,
  id: string,
  change: RecordChange,
) =>
  trx
    .updateTable('sender_domain_records')
    .set(change)
    .where('account_id', '=', accountId)
    .where('domain_id', '=', domainId)
    .where('id', '=', id)
    .execute()

export const removeRecord = (trx: Trx, accountId: string, domainId: string, id: string) =>
  trx
    .deleteFrom('sender_domain_records')
    .where('account_id', '=', accountId)
    .where('domain_id', '=', domainId)
    .where('id', '=', id)
    .execute()

export const listKeys = (trx: Trx, accountId: string, domainId: string) =>
  trx
    .selectFrom('dkim_keys')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('domain_id', '=', domainId)
    .orderBy('algorithm', 'desc')
    .orderBy('created_at')
    .orderBy('selector')
    .execute()
    .then((rows) => rows.map((row) => ({ ...row, algorithm: row.algorithm as DkimAlgorithm })))
export type KeyRow = Awaited<ReturnType<typeof listKeys>>[number]

/** Puts a key at its selector, in place of the one that stood there. */
export const putKey = (
  trx: Trx,
  accountId: string,
  domainId: string,
  key: NewKey & { readonly active: boolean; readonly activeFrom: Date | null },
) => {
  const values = {
    algorithm: key.algorithm,
    private_sealed: key.privateSealed,
    public_key: key.publicKey,
    active: key.active,
    active_from: key.activeFrom,
  }
  return trx
    .insertInto('dkim_keys')
    .values({ account_id: accountId, domain_id: domainId, selector: key.selector, ...values })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'domain_id', 'selector']).doUpdateSet({
        ...values,
        created_at: sql<Date>`app_now()`,
      }),
    )
    .execute()
}

export const setKeyActive = (
  trx: Trx,
  accountId: string,
  domainId: string,
  selector: string,
  activeFrom: Date | null,
) =>
  trx
    .updateTable('dkim_keys')
    .set({ active: activeFrom !== null, active_from: activeFrom })
    .where('account_id', '=', accountId)
    .where('domain_id', '=', domainId)
    .where('selector', '=', selector)
    .execute()

export const removeKeysOf = (trx: Trx, accountId: string, domainId: string, algorithm: DkimAlgorithm) =>
  trx
    .deleteFrom('dkim_keys')
    .where('account_id', '=', accountId)
    .where('domain_id', '=', domainId)
    .where('algorithm', '=', algorithm)
    .execute()
