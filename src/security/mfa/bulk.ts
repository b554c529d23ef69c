import { byActor } from '../../audit/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { BodyOf } from '../../http/contract.ts'
import type { Deps } from '../../http/deps.ts'
import { notFound, unprocessable } from '../../http/errors.ts'
import type { changeManyMfa } from './contract.ts'
import { listCircumstances, nameOf } from './everybody.ts'
import { lockPeople } from './queries.ts'
import { changeSetting, refusalOf } from './setting.ts'

type Body = BodyOf<typeof changeManyMfa>

const chosen = async (trx: Trx, deps: Deps, actor: Actor, wanted: Body['user_ids']) => {
  await lockPeople(trx, actor.accountId)
  const everybody = await listCircumstances(trx, deps, actor.accountId)
  if (wanted === 'all') return everybody
  const found = everybody.filter(({ person }) => wanted.includes(person.id))
  if (found.length < wanted.length) throw notFound()
  return found
}

/**
 * One setting for several. Users without number are named and nobody is changed, until they are left out aloud.
 * @throws AppError 404 for an id that is nobody's here, 422 `phone_required` `{users}`, `methods_empty`.
 */
export const changeManySettings = async (trx: Trx, deps: Deps, actor: Actor, body: Body) => {
  const { accountId, where, sessionId } = actor
  const people = await chosen(trx, deps, actor, body.user_ids)
  const judged = people.map((given) => ({ given, refusal: refusalOf(body.setting, given) }))
  if (judged.some(({ refusal }) => refusal === 'methods_empty')) throw unprocessable('methods_empty')
  const unreachable = judged.filter(({ refusal }) => refusal === 'phone_required')
  if (unreachable.length > 0 && !body.skip_without_phone)
    throw unprocessable('phone_required', '', { users: unreachable.map(({ given }) => nameOf(given)) })
  const skipped = judged.flatMap(({ given, refusal }) =>
    refusal ? [{ ...nameOf(given), reason: refusal as string }] : [],
  )
  const change = { accountId, setting: body.setting, by: byActor(actor), where, keptSessionId: sessionId }
  let changed = 0
  for (const { given, refusal } of judged) {
    if (!refusal && (await changeSetting(trx, deps, change, given))) changed += 1
  }
  return { changed, skipped }
}
