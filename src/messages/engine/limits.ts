import type { Trx } from '../../db/pool.ts'
import type { OutboundRoute } from './outbound.ts'
import { type SourceHead, takeFromBucket } from './queries.ts'

export type Allowance = { readonly rows: number; readonly limitedBy: string | null }

type Bucket = { key: string; perSecond: number; burst: number; name: string }

/** A tenth of a minute may leave at once: never more than 10 % above the rate in any minute (SND-10). */
const bucketOf = (key: string, name: string, amount: number, seconds: number): Bucket => {
  const perSecond = amount / seconds
  return { key, perSecond, burst: Math.max(1, perSecond * Math.min(6, seconds / 2)), name }
}

const bucketsFor = (head: SourceHead, route: OutboundRoute): Bucket[] => {
  const { per_second, per_minute, per_hour, per_day } = route.limits
  const provider = (amount: number | null, seconds: number, unit: string): Bucket[] =>
    amount === null
      ? []
      : [
          bucketOf(
            `provider:${route.providerId}:${unit}`,
            `provider limit ${amount}/${unit}`,
            amount,
            seconds,
          ),
        ]
  return [
    ...(head.throttlePerHour === null
      ? []
      : [
          bucketOf(
            `campaign:${head.sourceId}`,
            `campaign throttle ${head.throttlePerHour}/h`,
            head.throttlePerHour,
            3_600,
          ),
        ]),
    ...provider(per_second, 1, 's'),
    ...provider(per_minute, 60, 'min'),
    ...provider(per_hour, 3_600, 'h'),
    ...provider(per_day, 86_400, 'day'),
  ]
}

/** How many rows may be claimed now, and which limit is the narrowest. */
export const takeAllowance = async (
  trx: Trx,
  accountId: string,
  head: SourceHead,
  route: OutboundRoute,
  wanted: number,
): Promise<Allowance> => {
  let rows = wanted
  let limitedBy: string | null = null
  for (const bucket of bucketsFor(head, route)) {
    const free = await takeFromBucket(trx, accountId, bucket, rows)
    if (free < rows) {
      rows = free
      limitedBy = bucket.name
    }
  }
  return { rows, limitedBy }
}
