import type pg from 'pg'
import Type, { type Static } from 'typebox'
import { Id, Obj, OneOf } from '../http/contract.ts'
import { notFound } from '../http/errors.ts'

export const AuditTamper = Obj({
  account_id: Id,
  op: OneOf(['change', 'delete', 'insert', 'swap', 'truncate']),
  seq: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
})
export type AuditTamper = Static<typeof AuditTamper>

const copied = `section, action, actor_type, actor_id, on_behalf_of, subject, details, acting_account_id, object_type,
  object_id, result, reason, session_hash, request_id, amr, diff, prev_hash, hash`

const statements: { readonly [Op in AuditTamper['op']]: string } = {
  change: `update audit_entries set object_id = coalesce(object_id, '') || '!' where account_id = $1 and seq = $2`,
  delete: 'delete from audit_entries where account_id = $1 and seq = $2',
  insert: `insert into audit_entries (account_id, seq, at, ${copied})
    select account_id, seq, at + interval '1 microsecond', ${copied} from audit_entries
    where account_id = $1 and seq = $2 limit 1`,
  swap: `update audit_entries set seq = 2 * $2::bigint + 1 - seq
    where account_id = $1 and seq between $2 and $2::bigint + 1`,
  truncate: 'delete from audit_entries where account_id = $1 and seq >= $2',
}

/** What somebody with the rights of a database owner could do to the log behind the program's back. */
export const tamperWithLog = async (owner: pg.Pool, given: AuditTamper): Promise<void> => {
  const client = await owner.connect()
  try {
    await client.query('begin')
    await client.query('alter table audit_entries disable trigger audit_append_only')
    await client.query(`select set_config('app.account_id', $1, true)`, [given.account_id])
    const { rowCount } = await client.query(statements[given.op], [given.account_id, given.seq])
    await client.query('alter table audit_entries enable trigger audit_append_only')
    await client.query(rowCount ? 'commit' : 'rollback')
    if (!rowCount) throw notFound()
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}
