import { sql } from 'kysely'
import type { Trx } from '../../../db/pool.ts'
import type { MergePlan } from '../merge/plan.ts'

const joining = ['inserted', 'updated', 'group_only']
const stating = ['inserted', 'updated', 'archived_updated']

/** Active contacts join the groups; who has left stays so. Rows that change nothing else become `group_only`. */
export const joinGroups = async (trx: Trx, plan: MergePlan, no: number): Promise<void> => {
  const groups = sql`unnest(${[...plan.groupIds]}::uuid[]) as g (id)`
  await sql`
    update import_staging s set result = 'group_only'
    where s.account_id = ${plan.accountId} and s.import_id = ${plan.importId} and s.chunk_no = ${no}
      and s.result = 'matched' and exists (select 1 from ${groups} where not exists (
        select 1 from contact_group_members m
        where m.account_id = ${plan.accountId} and m.group_id = g.id and m.contact_id = s.contact_id))`.execute(
    trx,
  )
  await sql`
    insert into contact_group_members (account_id, group_id, contact_id, source)
    select ${plan.accountId}, g.id, s.contact_id, 'import' from import_staging s, ${groups}
    where s.account_id = ${plan.accountId} and s.import_id = ${plan.importId} and s.chunk_no = ${no}
      and s.result = any(${joining}::text[])
    on conflict do nothing`.execute(trx)
}

/**
 * One ledger entry for each row inserted or updated, channel by channel. Nobody's withdrawal is lifted by a file that
 * does not say when the person agreed after it; such an entry stands in the ledger as without effect.
 */
const entries = (plan: MergePlan, no: number) => {
  const basis = plan.settings.legal_basis
  const defaultState = basis?.basis === 'consent' ? 'granted' : 'unknown'
  const otherBasis = basis?.basis === 'legitimate_interest' ? 'legitimate_interest' : 'unknown'
  const proof = JSON.stringify({
    import_id: plan.importId,
    file_name: plan.fileName,
    file_sha256: plan.sha256,
    ...(basis?.source_text ? { text: basis.source_text } : {}),
  })
  return sql`
    select e.*, ${proof}::jsonb || jsonb_strip_nulls(jsonb_build_object('line', e.line_no, 'text', e.row_source,
        'wording', e.row_wording, 'effective', case when not e.effective then false end)) as proof,
      case e.state when 'granted' then 'consent' else ${otherBasis} end as basis
    from (
      select s.contact_id, s.line_no, k.channel, d.state, d.at, s.consent ->> 'source' as row_source,
        s.consent ->> 'wording' as row_wording,
        not (d.state = 'granted' and coalesce(ch.consent ->> 'marketing', '') = 'withdrawn' and not (d.is_dated and d.at > (
          select coalesce(max(w.at), 'infinity') from consents w where w.account_id = ${plan.accountId} and w.contact_id = s.contact_id
            and w.channel = k.channel and w.purpose = 'marketing' and w.state = 'withdrawn'))) as effective
      from import_staging s
      cross join unnest(${[...plan.consentChannels]}::text[]) as k (channel)
      cross join lateral (
        select coalesce(s.consent ->> 'state', ${defaultState}) as state,
          coalesce((s.consent ->> 'at')::timestamptz, ${basis?.at ?? null}::timestamptz, app_now()) as at,
          coalesce(s.consent ->> 'at', ${basis?.at ?? null}::text) is not null as is_dated
      ) d
      left join contact_channels ch on ch.account_id = ${plan.accountId} and ch.contact_id = s.contact_id
        and ch.channel = k.channel
      where s.account_id = ${plan.accountId} and s.import_id = ${plan.importId} and s.chunk_no = ${no}
        and s.result = any(${stating}::text[])
    ) e`
}

export const recordBasis = (trx: Trx, plan: MergePlan, no: number) =>
  sql`
    with entry as materialized (${entries(plan, no)}), ledger as (
      insert into consents (account_id, id, contact_id, channel, purpose, state, basis, at, source, proof, actor)
      select ${plan.accountId}, uuid_v7(), contact_id, channel, 'marketing', state, basis, at, 'import', proof,
        ${JSON.stringify({ kind: 'import', user_id: plan.startedBy, import_id: plan.importId })}::jsonb
      from entry
    )
    insert into contact_channels as ch (account_id, contact_id, channel, consent, basis)
    select ${plan.accountId}, contact_id, channel, jsonb_build_object('marketing', state), jsonb_build_object('marketing', basis)
    from entry where effective
    order by contact_id, channel
    on conflict (account_id, contact_id, channel) do update set
      consent = case when excluded.consent ->> 'marketing' = 'unknown' then excluded.consent || ch.consent
        else ch.consent || excluded.consent end,
      basis = case when excluded.consent ->> 'marketing' = 'unknown'
          and coalesce(ch.consent ->> 'marketing', 'unknown') <> 'unknown'
        then excluded.basis || ch.basis else ch.basis || excluded.basis end`.execute(trx)
