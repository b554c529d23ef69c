import { inAccount } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { unprocessable } from '../http/errors.ts'
import { parseEmail } from '../lib/email-address.ts'
import { spendLimits } from '../security/index.ts'
import { sendSystem } from '../system-stream/index.ts'
import { getDomain } from './domain.ts'
import { listRecords, type RecordRow } from './records/queries.ts'

const mailsPerDayMax = 10
const daySeconds = 86_400

const lineOf = ({ type, name, expected }: RecordRow): string => `${type}  ${name}\n${expected}`

/** Mails all records to whoever manages the zone. */
export const sendRecords = async (
  deps: Deps,
  actor: Actor,
  id: string,
  given: { readonly to: string; readonly language?: 'en' | 'pl' | 'de' },
): Promise<{ to: string }> => {
  const { accountId } = actor
  await inAccount(deps.db, accountId, (trx) => getDomain(trx, accountId, id))
  const address = parseEmail(given.to)?.address
  if (address === undefined) throw unprocessable('email_invalid')
  await spendLimits(deps.db, [
    { key: `domain_records:${accountId}`, max: mailsPerDayMax, windowSeconds: daySeconds },
  ])
  await inAccount(deps.db, accountId, async (trx) => {
    const { domain } = await getDomain(trx, accountId, id)
    const records = (await listRecords(trx, accountId, id)).filter(
      ({ retired_until }) => retired_until === null,
    )
    await sendSystem(trx, deps, {
      accountId,
      userId: null,
      kind: 'sender_domain_records',
      to: { email: address },
      language: given.language ?? actor.language,
      values: { domain, records: records.map(lineOf).join('\n\n') },
    })
  })
  return { to: address }
}
