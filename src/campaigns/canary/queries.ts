import { sql } from 'kysely'
import { bounceWordsOf } from '../../channels/email/bounce-classes.ts'
import type { Trx } from '../../db/pool.ts'

type RunKey = { readonly account_id: string; readonly id: string; readonly run_month: string | null }

/** Draws the first messages among those that may leave; drawn again after a crash it finds them drawn. */
export const drawFirst = async (trx: Trx, run: RunKey, size: number): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    with drawn as (
      insert into canary_members (account_id, campaign_id, recipient_key)
      select ${run.account_id}, ${run.id}, m.recipient_key from messages m
      where m.account_id = ${run.account_id} and m.source_id = ${run.id} and m.run_month = ${run.run_month}::date
        and m.state = 'planned'
        and not exists (select from canary_members k where k.account_id = ${run.account_id} and k.campaign_id = ${run.id})
      order by hashtextextended(m.recipient_key, hashtextextended(${`${run.id}:canary`}, 0)), m.recipient_key
      limit ${size}
      returning 1)
    select count(*) as n from drawn`.execute(trx)
  return rows[0]?.n ?? 0
}

/** Over rows of the queue, aliased `q`: who is not among the first. */
export const isNotFirst = (run: RunKey) => sql<boolean>`not exists (select from canary_members k
  where k.account_id = ${run.account_id} and k.campaign_id = ${run.id} and k.recipient_key = q.recipient_key)`

export type FirstFigures = {
  total: number
  waiting: number
  answered: number
  hard_bounce: number
  block: number
  complaint: number
  uncertain: number
}

const word = sql`coalesce(m.reason, m.answer ->> 'class', 'unknown')`
const bounced = sql`(m.state = 'rejected' or (m.state = 'accepted' and m.flags @> array['bounced_later']))`

/** How the first messages fared; `waiting` are those that nobody has answered yet. */
export const readFirstFigures = async (trx: Trx, run: RunKey): Promise<FirstFigures> => {
  const { rows } = await sql<FirstFigures>`
    select count(*) filter (where m.state <> 'suppressed') as total,
      count(*) filter (where m.state in ('claimed', 'handed') or (m.state = 'planned' and m.attempts = 0)) as waiting,
      count(*) filter (where m.state in ('accepted', 'rejected', 'uncertain')) as answered,
      count(*) filter (where ${bounced} and ${word} = any(${bounceWordsOf('hard')}::text[])) as hard_bounce,
      count(*) filter (where ${bounced} and ${word} = any(${bounceWordsOf('block')}::text[])) as block,
      count(*) filter (where m.flags @> array['complained']) as complaint,
      count(*) filter (where m.state = 'uncertain') as uncertain
    from canary_members k join messages m on m.account_id = ${run.account_id} and m.source_id = ${run.id}
      and m.run_month = ${run.run_month}::date and m.recipient_key = k.recipient_key
    where k.account_id = ${run.account_id} and k.campaign_id = ${run.id}`.execute(trx)
  const none = { total: 0, waiting: 0, answered: 0, hard_bounce: 0, block: 0, complaint: 0, uncertain: 0 }
  return rows[0] ?? none
}

/** The answer that shows best what went wrong. */
export const findFirstExample = async (
  trx: Trx,
  run: RunKey,
  figure: string,
): Promise<{ code: string; text: string } | null> => {
  const words =
    figure === 'hard_bounce' || figure === 'block' ? bounceWordsOf(figure === 'block' ? 'block' : 'hard') : []
  const { rows } = await sql<{ code: string; text: string }>`
    select m.answer ->> 'code' as code, m.answer ->> 'text' as text
    from canary_members k join messages m on m.account_id = ${run.account_id} and m.source_id = ${run.id}
      and m.run_month = ${run.run_month}::date and m.recipient_key = k.recipient_key
    where k.account_id = ${run.account_id} and k.campaign_id = ${run.id} and m.answer is not null
      and case when ${words.length > 0} then ${bounced} and ${word} = any(${words}::text[])
        else m.state = 'uncertain' end
    order by m.final_at nulls last, m.message_id limit 1`.execute(trx)
  return rows[0] ?? null
}

export const hasFirst = async (trx: Trx, run: RunKey): Promise<boolean> =>
  (await trx
    .selectFrom('canary_members')
    .select('recipient_key')
    .where('account_id', '=', run.account_id)
    .where('campaign_id', '=', run.id)
    .limit(1)
    .executeTakeFirst()) !== undefined
