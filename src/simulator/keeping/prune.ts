import { inAccount } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { deleteOldestMails, listFullMailboxes } from './queries.ts'

const everyMs = 60_000
/** One transaction must not hold what others wait for. */
const mailsAtOnce = 5_000

const lookedAt = new WeakMap<Deps, number>()

/** The oldest mails of a full mailbox go. Counting costs, so that it is done once a minute. */
export const pruneMailboxes = async (deps: Deps): Promise<void> => {
  const now = deps.clock.now().getTime()
  const last = lookedAt.get(deps)
  if (last !== undefined && now >= last && now - last < everyMs) return
  lookedAt.set(deps, now)
  const kept = deps.config.simulatorMailsMax
  for (const { account_id, mailbox } of await listFullMailboxes(deps.db, kept)) {
    for (let gone = mailsAtOnce; gone === mailsAtOnce && !deps.stopping.aborted; ) {
      gone = await inAccount(deps.db, account_id, (trx) =>
        deleteOldestMails(trx, account_id, mailbox, kept, mailsAtOnce),
      )
    }
  }
}
