import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { unsubscribeByMail } from '../../tracking/index.ts'
import { insertReport } from '../reports/queries.ts'
import type { InboundMail } from './queries.ts'

/**
 * Whoever sends anything to the address of a `List-Unsubscribe` header leaves: the token is the wish, the text may be empty
 * or written by a program (email.md §10.1).
 */
export const takeUnsubscribe = async (trx: Trx, deps: Deps, mail: InboundMail): Promise<void> => {
  if (mail.message_id === null || mail.run_month === null) return
  const changed = await unsubscribeByMail(trx, deps, {
    accountId: mail.account_id,
    messageId: mail.message_id,
    runMonth: mail.run_month,
  })
  await insertReport(trx, mail.account_id, {
    source: 'mail',
    kind: 'unsubscribe',
    state: changed ? 'applied' : 'repeated',
    rawRef: `mail:${mail.id}`,
    providerId: null,
    providerRef: null,
    messageId: mail.message_id,
    address: null,
    receiver: null,
    class: null,
    code: null,
    text: null,
    ruleId: null,
    subject: null,
  })
}
