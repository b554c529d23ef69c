import { sql } from 'kysely'
import type { PlaceAt } from '../../../channels/email/mx/places.ts'
import type { Trx } from '../../../db/pool.ts'

/** The first free place of the site; null while all are taken. Two who want the same one: the key decides. */
export const takePlace = async (
  trx: Trx,
  { accountId, providerId, site, placesMax }: PlaceAt,
  holder: string,
  seconds: number,
): Promise<number | null> => {
  const { rows } = await sql<{ place: number }>`
    insert into receiver_connections as c (account_id, provider_id, site, place, holder, expires_at)
    select ${accountId}, ${providerId}, ${site}, n, ${holder}::uuid, app_now() + make_interval(secs => ${seconds})
    from generate_series(1, ${placesMax}) n
    where not exists (select from receiver_connections t where t.account_id = ${accountId}
      and t.provider_id = ${providerId} and t.site = ${site} and t.place = n and t.expires_at > app_now())
    order by n limit 1
    on conflict (account_id, provider_id, site, place) do update
      set holder = excluded.holder, expires_at = excluded.expires_at where c.expires_at <= app_now()
    returning place`.execute(trx)
  return rows[0]?.place ?? null
}

export const freePlace = (
  trx: Trx,
  { accountId, providerId, site }: PlaceAt,
  place: number,
  holder: string,
) =>
  trx
    .deleteFrom('receiver_connections')
    .where('account_id', '=', accountId)
    .where('provider_id', '=', providerId)
    .where('site', '=', site)
    .where('place', '=', place)
    .where('holder', '=', holder)
    .execute()

export const renewPlaces = (trx: Trx, accountId: string, holder: string, seconds: number) =>
  sql`update receiver_connections set expires_at = app_now() + make_interval(secs => ${seconds})
    where account_id = ${accountId} and holder = ${holder}`.execute(trx)
