import { inAccount, instanceAccountId } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { macOf } from '../content.ts'
import { smsPerNumberHourMax } from './limits.ts'
import { countNotices, insertNotice, lockSmsGuard } from './queries.ts'

/** A notice costs like a code: the platform's breaker and the number's limit hold for it too. */
export const mayNotifyBySms = (
  deps: Deps,
  { id }: { readonly id: string },
  phone: string,
): Promise<boolean> =>
  inAccount(deps.db, instanceAccountId, async (trx) => {
    await lockSmsGuard(trx)
    const numberMac = macOf(deps, phone)
    const { already, number_hour, platform_day } = await countNotices(trx, id, numberMac)
    if (already) return true
    if (number_hour >= smsPerNumberHourMax || platform_day >= deps.config.smsDailyLimit) return false
    await insertNotice(trx, id, numberMac)
    return true
  })
