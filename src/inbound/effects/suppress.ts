import { bounceGroupOf } from '../../channels/email/bounce-classes.ts'
import { type BouncedAddress, suppressBounced } from '../../contacts/index.ts'
import type { Trx } from '../../db/pool.ts'
import { readBounceSettings } from '../settings/queries.ts'
import { countHardBounces, findTiredAddresses, isCountedSoft } from './queries.ts'

export type CountedBounce = {
  readonly messageId: string
  readonly contactId: string | null
  readonly address: string
  readonly hash: Buffer
  readonly class: string
  readonly text: string
}

const softSends = 5
const softDays = 15

const entry = (
  { address, hash, messageId, text }: CountedBounce,
  reason: BouncedAddress['reason'],
  months: number | null,
): BouncedAddress => ({ address, hash, messageId, reason, months, answer: text || null })

/** Suppresses what has reached its limit (email.md §11.1); tests and repetitions never come here. */
export const suppressAtLimit = async (
  trx: Trx,
  accountId: string,
  bounces: readonly CountedBounce[],
): Promise<void> => {
  const hard = bounces.filter((bounce) => bounceGroupOf(bounce.class) === 'hard')
  const soft = bounces.filter((bounce) => isCountedSoft(bounce.class))
  if (hard.length + soft.length === 0) return
  const settings = await readBounceSettings(trx, accountId)
  const hexOf = ({ hash }: CountedBounce) => hash.toString('hex')
  const counts =
    hard.length === 0 || settings.hard_limit === 1
      ? null
      : await countHardBounces(trx, accountId, [...new Set(hard.map(hexOf))])
  const full = hard.filter((bounce) => !counts || (counts.get(hexOf(bounce)) ?? 0) >= settings.hard_limit)
  const tired = await findTiredAddresses(
    trx,
    accountId,
    soft.map((bounce) => ({ hash: hexOf(bounce), contactId: bounce.contactId, address: bounce.address })),
    { sends: softSends, days: softDays },
  )
  await suppressBounced(trx, accountId, [
    ...full.map((bounce) => entry(bounce, 'hard_bounced', settings.hard_months)),
    ...soft
      .filter((bounce) => tired.has(hexOf(bounce)))
      .map((bounce) => entry(bounce, 'soft_bounced_repeatedly', settings.soft_months)),
  ])
}
