import { openReturnPathToken } from '../../content/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { guardOf } from '../../http/outbound.ts'
import type { JobPayload } from '../../jobs/index.ts'
import { requestUrl } from '../../lib/outbound-guard/index.ts'
import { notify } from '../../live/index.ts'
import { type Report, takeReport } from '../reports/take.ts'
import { judgeReport } from '../rules/judge.ts'
import type { ReceiptEvent } from './dialects/dialect.ts'
import { dialectOf } from './dialects/dialects.ts'
import { confirmationIn } from './dialects/ses.ts'
import { claimEvent, lockUnreadCall, markCallRead } from './queries.ts'

type Call = NonNullable<Awaited<ReturnType<typeof lockUnreadCall>>>

const messageOf = (deps: Deps, accountId: string, event: ReceiptEvent): string | null => {
  const origin = event.returnPath === null ? null : openReturnPathToken(deps.keys, event.returnPath)
  return origin?.accountId === accountId ? origin.messageId : event.messageId
}

const toReport = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  call: Call,
  event: ReceiptEvent,
): Promise<Report> => {
  const judged = event.kind === 'bounce' ? await judgeReport(trx, accountId, event) : null
  // What neither code nor words tell, the provider may have told in its own word.
  const word = judged?.class === 'unknown' && event.hint !== null ? event.hint : (judged?.class ?? null)
  return {
    source: 'webhook',
    kind: judged?.kind ?? event.kind,
    rawRef: `receipt:${call.id}`,
    providerId: call.provider_id,
    providerRef: event.providerRef,
    messageId: messageOf(deps, accountId, event),
    address: event.address,
    code: event.code,
    text: event.text,
    subject: null,
    class: word,
    ruleId: judged?.ruleId ?? null,
  }
}

const readEvents = async (trx: Trx, deps: Deps, accountId: string, call: Call): Promise<void> => {
  const events = dialectOf(call.dialect)?.read(call.body) ?? []
  for (const event of events) {
    if (!(await claimEvent(trx, accountId, call.provider_id, event.eventId))) continue
    await takeReport(trx, deps, accountId, await toReport(trx, deps, accountId, call, event))
  }
  if (events.length > 0) await notify(trx, accountId, 'bounce')
}

/** Amazon sends nothing before its question was answered. The signature held, and the host is Amazon's. */
const confirm = async (deps: Deps, body: Buffer): Promise<void> => {
  const url = confirmationIn(body)
  if (url === null) return
  const { status } = await requestUrl(guardOf(deps), { kind: 'provider', url, signal: deps.stopping })
  if (status >= 500) throw new Error('the confirmation of a topic was not taken')
}

/** The job of each stored call: the effects of its events and the mark that it was read commit together. */
export const readReceiptCall = async (
  deps: Deps,
  { account_id: accountId, id }: JobPayload,
): Promise<void> => {
  const asked = await inAccount(deps.db, accountId, async (trx) => {
    const call = await lockUnreadCall(trx, accountId, id)
    return call?.dialect === 'ses' ? call.body : null
  })
  if (asked) await confirm(deps, asked)
  await inAccount(deps.db, accountId, async (trx) => {
    const call = await lockUnreadCall(trx, accountId, id)
    if (!call) return
    await readEvents(trx, deps, accountId, call)
    await markCallRead(trx, accountId, id)
  })
}
