import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

/** An answer of any kind: the provider works. */
export const noteAnswer = (trx: Trx, accountId: string, id: string, windowSeconds: number) =>
  sql`update providers set circuit = 'closed', circuit_until = null, circuit_failures = 0,
      window_answers = case when window_started_at > app_now() - make_interval(secs => ${windowSeconds})
        then window_answers + 1 else 1 end,
      window_errors = case when window_started_at > app_now() - make_interval(secs => ${windowSeconds})
        then window_errors else 0 end,
      window_started_at = case when window_started_at > app_now() - make_interval(secs => ${windowSeconds})
        then window_started_at else app_now() end
    where account_id = ${accountId} and id = ${id}`.execute(trx)

export type BreakerLimits = {
  readonly failuresMax: number
  readonly windowSeconds: number
  readonly windowAnswersMin: number
  readonly probeSeconds: number
  readonly probeSecondsMax: number
}

/**
 * A provider-level error. Closed: counts, and opens after so many in a row or when more than half of the window
 * failed. Open and due: the probe failed, the wait doubles. Open and not due: an answer to something begun before.
 */
export const noteFailure = async (trx: Trx, accountId: string, id: string, limits: BreakerLimits) => {
  const { failuresMax, windowSeconds, windowAnswersMin, probeSeconds, probeSecondsMax } = limits
  const { rows } = await sql<{ circuit: string; opened: boolean }>`
    with seen as (
      select account_id, id, circuit, circuit_until, circuit_failures + 1 as failures,
        window_started_at > app_now() - make_interval(secs => ${windowSeconds}) is true as in_window,
        window_answers, window_errors, window_started_at
      from providers where account_id = ${accountId} and id = ${id} for update
    ), counted as (
      select *, case when in_window then window_answers + 1 else 1 end as answers,
        case when in_window then window_errors + 1 else 1 end as errors from seen
    ), judged as (
      select *, case
          when circuit = 'closed' then failures >= ${failuresMax} or (answers >= ${windowAnswersMin} and errors * 2 > answers)
          else circuit = 'half_open' or circuit_until <= app_now() end as opens
      from counted
    )
    update providers p set
      circuit_failures = case when j.circuit = 'closed' or j.opens then greatest(j.failures, case when j.opens then ${failuresMax} else 0 end)
        else p.circuit_failures end,
      circuit = case when j.opens then 'open' else p.circuit end,
      circuit_until = case when j.opens then app_now() + make_interval(secs =>
        least(${probeSecondsMax}, ${probeSeconds} * power(2, least(greatest(j.failures - ${failuresMax}, 0), 10)))) else p.circuit_until end,
      window_answers = j.answers, window_errors = j.errors,
      window_started_at = case when j.in_window then j.window_started_at else app_now() end
    from judged j where p.account_id = ${accountId} and p.id = j.id
    returning p.circuit, j.opens as opened`.execute(trx)
  return rows[0] ?? { circuit: 'closed', opened: false }
}

/** Takes the one probe of an open circuit whose wait is over; false when another has it. */
export const takeProbe = async (
  trx: Trx,
  accountId: string,
  id: string,
  probeSeconds: number,
): Promise<boolean> => {
  const { rows } = await sql<{ id: string }>`
    update providers set circuit = 'half_open', circuit_until = app_now() + make_interval(secs => ${probeSeconds})
    where account_id = ${accountId} and id = ${id} and circuit <> 'closed' and circuit_until <= app_now()
    returning id`.execute(trx)
  return rows.length === 1
}
