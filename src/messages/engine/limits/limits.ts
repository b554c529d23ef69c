import type { Trx } from '../../../db/pool.ts'
import type { OutboundRoute } from '../outbound.ts'
import type { SourceHead } from '../sources/queries.ts'
import { returnToBucket, takeFromBucket } from './queries.ts'

export type Bucket = {
  readonly key: string
  readonly perSecond: number
  readonly burst: number
  readonly name: string
}

export type Allowance = {
  readonly rows: number
  readonly limitedBy: string | null
  /** Buckets that were asked; what is not used goes back to them. */
  readonly taken: readonly Bucket[]
}

/** Of each provider's rate this part stays free for codes and transactional messages (sending.md §8). */
const keptForUrgent = 0.2
const bulkLaneMin = 2

/**
 * A twentieth of a minute may leave at once, of a second a fifth. Together with what a share may wait before it is used
 * (`freshSeconds`) no minute sees more than a tenth above the rate, on however many nodes (SND-10).
 */
const burstSecondsMax = 3
export const freshSeconds = 3

const bucketOf = (key: string, name: string, amount: number, seconds: number): Bucket => {
  const perSecond = amount / seconds
  return { key, perSecond, burst: Math.max(1, perSecond * Math.min(burstSecondsMax, seconds / 5)), name }
}

const providerBuckets = ({ providerId, limits }: OutboundRoute, lane: number): Bucket[] => {
  const of = (amount: number | null, seconds: number, unit: string): Bucket[] => {
    if (amount === null) return []
    const key = `provider:${providerId}:${unit}`
    const name = `provider limit ${amount}/${unit}`
    const whole = bucketOf(key, name, amount, seconds)
    return lane < bulkLaneMin
      ? [whole]
      : [bucketOf(`${key}:bulk`, name, amount * (1 - keptForUrgent), seconds), whole]
  }
  return [
    ...of(limits.per_second, 1, 's'),
    ...of(limits.per_minute, 60, 'min'),
    ...of(limits.per_hour, 3_600, 'h'),
    ...of(limits.per_day, 86_400, 'day'),
  ]
}

export const bucketsFor = (head: SourceHead, route: OutboundRoute): Bucket[] => [
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
  ...providerBuckets(route, head.lane),
]

export const giveBack = async (
  trx: Trx,
  accountId: string,
  buckets: readonly Bucket[],
  unused: number,
): Promise<void> => {
  if (unused <= 0) return
  for (const bucket of buckets) await returnToBucket(trx, accountId, bucket, unused)
}

/** How many rows may be claimed now, and which limit is the narrowest. Buckets are always asked in the same order. */
export const takeAllowance = async (
  trx: Trx,
  accountId: string,
  buckets: readonly Bucket[],
  wanted: number,
): Promise<Allowance> => {
  let rows = wanted
  let limitedBy: string | null = null
  const taken: Bucket[] = []
  for (const bucket of buckets) {
    const free = rows === 0 ? 0 : await takeFromBucket(trx, accountId, bucket, rows)
    if (free < rows) {
      await giveBack(trx, accountId, taken, rows - free)
      rows = free
      limitedBy = bucket.name
    }
    taken.push(bucket)
  }
  return { rows, limitedBy, taken }
}
