import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

export type AnswerCounts = { accepted: number; refused: number; deferred: number; lost: number }
export type AnswerExample = { readonly code: string; readonly text: string }

/** One row for each batch; nothing else is written to it, so that senders never wait for each other here. */
export const insertAnswers = (
  trx: Trx,
  accountId: string,
  sourceId: string,
  counts: AnswerCounts,
  example: AnswerExample | null,
) =>
  sql`insert into run_answers (account_id, source_id, id, accepted, refused, deferred, lost, example)
    values (${accountId}, ${sourceId}, uuid_v7(), ${counts.accepted}, ${counts.refused}, ${counts.deferred},
      ${counts.lost}, ${example && JSON.stringify(example)}::jsonb)`.execute(trx)

export type LastAnswers = { answers: number; refused: number; example: AnswerExample | null }

/** The newest answers, about `wanted` of them: whole batches, the oldest of which may reach further back. */
export const readLastAnswers = async (
  trx: Trx,
  run: { accountId: string; sourceId: string; since: Date | null },
  wanted: number,
): Promise<LastAnswers> => {
  const { rows } = await sql<LastAnswers>`
    with newest as (
      select at, id, refused, example, accepted + refused + deferred as answers,
        sum(accepted + refused + deferred) over (order by at desc, id desc) as upto
      from (select * from run_answers where account_id = ${run.accountId} and source_id = ${run.sourceId}
          and (${run.since}::timestamptz is null or at > ${run.since}::timestamptz)
        order by at desc, id desc limit ${wanted}) latest
    ), last as (select * from newest where upto - answers < ${wanted})
    select coalesce(sum(answers), 0)::int as answers, coalesce(sum(refused), 0)::int as refused,
      (select example from last where refused > 0 and example is not null order by at, id limit 1) as example
    from last`.execute(trx)
  return rows[0] ?? { answers: 0, refused: 0, example: null }
}

export type PaceRow = AnswerCounts & { at: Date }

/** What came back since a time, in steps of so many seconds. */
export const readPaceRows = async (
  trx: Trx,
  accountId: string,
  sourceId: string,
  given: { since: Date; stepSeconds: number },
): Promise<PaceRow[]> => {
  const { rows } = await sql<PaceRow>`
    select to_timestamp(floor(extract(epoch from at) / ${given.stepSeconds}) * ${given.stepSeconds}) as at,
      sum(accepted)::int as accepted, sum(refused)::int as refused, sum(deferred)::int as deferred, sum(lost)::int as lost
    from run_answers where account_id = ${accountId} and source_id = ${sourceId} and at >= ${given.since}
    group by 1 order by 1`.execute(trx)
  return rows
}

export const findAnswerSpan = async (trx: Trx, accountId: string, sourceId: string) => {
  const { rows } = await sql<{ first: Date | null; last: Date | null }>`
    select min(at) as first, max(at) as last from run_answers
    where account_id = ${accountId} and source_id = ${sourceId}`.execute(trx)
  return rows[0] ?? { first: null, last: null }
}

/** Puts batches older than some minutes together, one row a minute. */
export const mergeAnswers = (trx: Trx, accountId: string, sourceId: string, olderMinutes: number) =>
  sql`with old as (
      delete from run_answers where account_id = ${accountId} and source_id = ${sourceId}
        and at < date_trunc('minute', app_now() - make_interval(mins => ${olderMinutes})) returning *)
    insert into run_answers (account_id, source_id, at, id, accepted, refused, deferred, lost, example)
    select account_id, source_id, date_trunc('minute', at), uuid_v7(), sum(accepted), sum(refused), sum(deferred),
      sum(lost), (array_agg(example) filter (where example is not null))[1]
    from old group by account_id, source_id, date_trunc('minute', at)`.execute(trx)
