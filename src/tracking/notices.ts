import { inAccount } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { notify } from '../live/index.ts'

const waitMs = 1_000

/** Tells consoles that a report changed, at most once per second and campaign however many hits arrive. */
export type ReportNotices = { touch(accountId: string, campaignId: string): void }

export const makeReportNotices = (deps: Deps): ReportNotices => {
  const waiting = new Set<string>()
  const tell = async (accountId: string, campaignId: string): Promise<void> => {
    if (deps.stopping.aborted) return
    await inAccount(deps.db, accountId, (trx) => notify(trx, accountId, 'report', campaignId))
  }
  return {
    touch: (accountId, campaignId) => {
      const key = `${accountId}|${campaignId}`
      if (waiting.has(key)) return
      waiting.add(key)
      const timer = setTimeout(() => {
        waiting.delete(key)
        tell(accountId, campaignId).catch((error: unknown) =>
          deps.log.debug({ err: error }, 'a report notice was lost; the next hit brings another'),
        )
      }, waitMs)
      timer.unref()
    },
  }
}
