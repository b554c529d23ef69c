import type { Trx } from '../../db/pool.ts'
import { countSlowedSites, listEmptyBuckets } from './queries.ts'

const unitNames: Readonly<Record<string, string>> = {
  s: 'per_second',
  min: 'per_minute',
  h: 'per_hour',
  day: 'per_day',
}

/** What limits each provider at the moment, in words of the screen; null = nothing. */
export const limitingOf = async (
  trx: Trx,
  accountId: string,
): Promise<(providerId: string) => string | null> => {
  const words = new Map<string, string>()
  for (const { provider_id, sites, first } of await countSlowedSites(trx, accountId))
    words.set(provider_id, sites === 1 ? `receiver ${first} deferring` : `${sites} receivers deferring`)
  for (const key of await listEmptyBuckets(trx, accountId)) {
    const [, id = '', unit = ''] = key.split(':')
    words.set(id, `provider limit ${unitNames[unit] ?? unit}`)
  }
  return (providerId) => words.get(providerId) ?? null
}
