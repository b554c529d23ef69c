import { byActor, difference, record } from '../../audit/index.ts'
import { inAccount } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { invalidField, notFound } from '../../http/errors.ts'
import { isTimeZone } from '../../lib/time-zone.ts'
import type { Me } from '../contract.ts'
import { findUser, type ProfileChange, type UserRow, updateProfile } from '../queries.ts'

const maskPhone = (phone: string | null): string | null =>
  phone ? `${phone.slice(0, 3)} *** *** *${phone.slice(-2)}` : null

const toMe = (user: UserRow): Me => ({
  id: user.id,
  login: user.login,
  email: user.email,
  phone_masked: maskPhone(user.phone),
  phone_verified: user.phone_verified_at !== null,
  first_name: user.first_name,
  last_name: user.last_name,
  language: user.language as Me['language'],
  time_zone: user.time_zone,
  theme: user.theme as Me['theme'],
})

export const getOwnProfile = (deps: Deps, actor: Actor): Promise<Me> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const user = await findUser(trx, actor.accountId, actor.userId)
    if (!user) throw notFound()
    return toMe(user)
  })

export const changeOwnProfile = (deps: Deps, actor: Actor, change: ProfileChange): Promise<Me> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    if (change.time_zone !== undefined && !isTimeZone(change.time_zone)) {
      throw invalidField('/time_zone', 'not_in_list', 'is not an IANA time zone')
    }
    const before = await findUser(trx, actor.accountId, actor.userId)
    const user = await updateProfile(trx, actor.accountId, actor.userId, change)
    if (!before || !user) throw notFound()
    await record(trx, deps, byActor(actor), {
      action: 'user.changed',
      object: { type: 'user', id: user.id },
      diff: difference(toMe(before), toMe(user)),
    })
    return toMe(user)
  })
