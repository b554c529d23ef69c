import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '../../../db/pool.ts'
import type { StandardTarget } from '../mapping.ts'
import type { MergePlan } from './plan.ts'

/** The rows of a chunk that have no result yet, or one of the given results. */
const chunk = (plan: MergePlan, no: number, results: readonly string[] | null) => sql`
  s.account_id = ${plan.accountId} and s.import_id = ${plan.importId} and s.chunk_no = ${no}
  and ${results === null ? sql`s.result is null` : sql`s.result = any(${[...results]}::text[])`}`

/** One merge of an account at a time: two of them would lock the same contacts in different orders. */
export const lockMerges = (trx: Trx, accountId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`import:${accountId}`}::text, 0))`.execute(trx)

export const rejectErased = (trx: Trx, plan: MergePlan, no: number) =>
  sql`
    update import_staging s set result = 'rejected', code = 'address_erased'
    where ${chunk(plan, no, null)}
      and exists (select 1 from suppressions e where e.account_id = ${plan.accountId} and e.reason = 'erased')
      and exists (select 1 from suppressions e where e.account_id = ${plan.accountId} and e.reason = 'erased'
        and e.channel in ('email', 'sms', 'rcs') and e.address_hash in (
          keyed_hash(${plan.hash.inner}::bytea, ${plan.hash.outer}::bytea, s.email_key),
          keyed_hash(${plan.hash.inner}::bytea, ${plan.hash.outer}::bytea, s.phone)))`.execute(trx)

/** The row-policy table of contacts.md §4; `matched…` are results on the way, `finishResults` ends them. */
const policyResult = ({ rows, update_existing }: MergePlan['settings']) => {
  if (rows === 'only_new') return sql`'skipped'`
  const archived = rows === 'all' && !update_existing ? sql`'skipped'` : sql`'matched_archived'`
  return sql`case m.state when 'archived' then ${archived} else 'matched' end`
}
const policyCode = ({ rows, update_existing }: MergePlan['settings']) => {
  if (rows === 'only_new') return sql`case m.state when 'archived' then 'archived' else 'exists' end`
  return rows === 'all' && !update_existing
    ? sql`case m.state when 'archived' then 'archived' end`
    : sql`null`
}

/**
 * Finds each row's contact by external id, e-mail, phone, and decides by the row policy what happens to it.
 * The staging table has no statistics while it is worked on: look-ups row by row and lists of row addresses (ctid) stay
 * linear, where a join could be planned the wrong way round.
 */
export const matchRows = (trx: Trx, plan: MergePlan, no: number) =>
  sql`
    update import_staging s set (contact_id, result, code) = (
      select coalesce(m.id, uuid_v7()),
        case
          when m.ambiguous then 'rejected'
          when m.id is null then ${plan.settings.rows === 'only_existing' ? sql`'skipped'` : sql`'inserted'`}
          when m.state = 'restricted' then 'rejected'
          else ${policyResult(plan.settings)} end,
        case
          when m.ambiguous then 'ambiguous_match'
          when m.id is null then ${plan.settings.rows === 'only_existing' ? sql`'not_found'` : sql`null`}
          when m.state = 'restricted' then 'contact_restricted'
          else ${policyCode(plan.settings)} end
      from (
        select coalesce(e.id, a.id, p.id) as id, coalesce(e.state, a.state, p.state) as state,
          coalesce(e.id <> a.id, false) or coalesce(e.id <> p.id, false) or coalesce(a.id <> p.id, false) as ambiguous
        from (values (1)) one
        left join contacts e on e.account_id = ${plan.accountId} and e.external_id = s.external_id
        left join contacts a on a.account_id = ${plan.accountId} and a.email_key = s.email_key
        left join contacts p on p.account_id = ${plan.accountId} and p.phone = s.phone
      ) m
    )
    where ${chunk(plan, no, null)}`.execute(trx)

/** Rows of one chunk that reach one contact by different keys are the same person too. */
export const markSameContact = (trx: Trx, plan: MergePlan, no: number) => {
  const kept = plan.settings.duplicates === 'last' ? sql`max` : sql`min`
  const result = plan.settings.duplicates === 'reject' ? 'rejected' : 'skipped'
  return sql`
    update import_staging s set result = ${result}, code = 'duplicate_in_file'
    where s.ctid = any(array(
      select counted.ctid from (
        select s.ctid, s.line_no, ${kept}(s.line_no) over (partition by s.contact_id) as kept from import_staging s
        where ${chunk(plan, no, ['matched', 'matched_archived'])}
      ) counted where counted.line_no <> counted.kept))`.execute(trx)
}

export const rejectAboveLimit = (trx: Trx, plan: MergePlan, no: number, left: number) =>
  sql`
    update import_staging s set result = 'rejected', code = 'limit_reached'
    where s.ctid = any(array(
      select s.ctid from import_staging s where ${chunk(plan, no, ['inserted'])}
      order by s.line_no offset ${left}))`.execute(trx)

export const countNew = async (trx: Trx, plan: MergePlan, no: number): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from import_staging s where ${chunk(plan, no, ['inserted'])}`.execute(trx)
  return rows[0]?.n ?? 0
}

export const insertNew = (trx: Trx, plan: MergePlan, no: number) =>
  sql`
    insert into contacts (account_id, id, external_id, email, email_key, phone, first_name, last_name, company,
      language, country, time_zone, fields, source, source_ref)
    select ${plan.accountId}, s.contact_id, s.external_id, s.email, s.email_key, s.phone, s.first_name, s.last_name,
      s.company, coalesce(s.language, ${plan.settings.language}::text), coalesce(s.country, ${plan.settings.country}::text),
      s.time_zone, s.fields, 'import', ${plan.importId}
    from import_staging s where ${chunk(plan, no, ['inserted'])}`.execute(trx)

const columns = [
  'external_id',
  'email',
  'phone',
  'first_name',
  'last_name',
  'company',
  'language',
  'country',
  'time_zone',
] as const satisfies readonly StandardTarget[]
const stored = [...columns, 'email_key'] as const

/** What a column becomes: unbound columns stay, blanks keep or clear. */
const nextValue = (plan: MergePlan, column: (typeof stored)[number]): RawBuilder<unknown> => {
  const own = sql.ref(`c.${column}`)
  const given = sql.ref(`s.${column}`)
  if (!plan.bound.has(column === 'email_key' ? 'email' : column)) return own
  return plan.settings.blank === 'clear' ? given : sql`coalesce(${given}, ${own})`
}

const list = (parts: readonly RawBuilder<unknown>[]) => sql.join(parts, sql`, `)
const name = (column: string) => sql.ref(column)
const next = (column: string) => sql.ref(`next_${column}`)

/** Old value beside new one, for the history of the contact. */
const historyRows = sql`(
  select v.field, v.old_value, v.new_value from (values
    ${list(columns.map((column) => sql`(${sql.lit(column)}, to_jsonb(b.${name(column)}), to_jsonb(b.${next(column)}))`))}
  ) v (field, old_value, new_value) where v.old_value is distinct from v.new_value
  union all
  select 'fields.' || k, b.fields -> k, b.next_fields -> k
  from jsonb_object_keys(b.fields || b.next_fields) k where b.fields -> k is distinct from b.next_fields -> k)`

/** A granted consent belongs to the address it was given for; a new address has none. */
const channelsMoved = sql`(
  select unnest(case when b.email_key is distinct from b.next_email_key then array['email'] else '{}' end
    || case when b.phone is distinct from b.next_phone then array['sms', 'rcs'] else '{}' end) as channel)`

const actor = (plan: MergePlan) =>
  JSON.stringify({ kind: 'import', user_id: plan.startedBy, import_id: plan.importId })

/** Writes bound columns that differ, their history, and the results `updated` or as before. */
export const updateMatched = (trx: Trx, plan: MergePlan, no: number) =>
  sql`
    with before as materialized (
      select s.ctid as staged, c.id, c.fields, (c.fields || s.fields) - s.cleared_fields as next_fields,
        ${list(stored.map((column) => sql`c.${name(column)}, ${nextValue(plan, column)} as ${next(column)}`))}
      from import_staging s join contacts c on c.account_id = ${plan.accountId} and c.id = s.contact_id
      where ${chunk(plan, no, ['matched', 'matched_archived'])}
      order by c.id for no key update of c
    ), changed as (
      select * from before b where (b.fields, ${list(stored.map(name))})
        is distinct from (b.next_fields, ${list(stored.map(next))})
    ), written as (
      update contacts c set fields = b.next_fields, ${list(stored.map((column) => sql`${name(column)} = b.${next(column)}`))},
        updated_at = app_now(), version = c.version + 1
      from changed b where c.account_id = ${plan.accountId} and c.id = b.id
    ), history as (
      insert into contact_changes (account_id, contact_id, id, actor, field, old_value, new_value)
      select ${plan.accountId}, b.id, uuid_v7(), ${actor(plan)}::jsonb, h.field, h.old_value, h.new_value
      from changed b, lateral ${historyRows} h
    ), moved as (
      update contact_channels ch set consent = ch.consent || '{"marketing": "unknown"}'
      from changed b, lateral ${channelsMoved} m
      where ch.account_id = ${plan.accountId} and ch.contact_id = b.id and ch.channel = m.channel
        and ch.consent ->> 'marketing' = 'granted'
      returning ch.contact_id, ch.channel
    ), noted as (
      insert into consents (account_id, id, contact_id, channel, purpose, state, basis, at, source, proof, actor)
      select ${plan.accountId}, uuid_v7(), contact_id, channel, 'marketing', 'unknown', 'unknown', app_now(), 'api',
        '{"act": "address_changed"}', ${actor(plan)}::jsonb from moved
    )
    update import_staging s set result = case s.result when 'matched' then 'updated' else 'archived_updated' end
    where s.ctid = any(array(select b.staged from changed b))`.execute(trx)

/** What has just been inserted is joined next; the planner must not take these tables for empty ones. */
export const analyzeTargets = (trx: Trx) => sql`select analyze_import_targets()`.execute(trx)
