import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { listFactorsOfAll } from '../factors/index.ts'
import { listRights } from '../roles/grants.ts'
import { findAccountPolicy, findGrant } from './grant.ts'
import { listPersonRows } from './queries.ts'
import type { Circumstance } from './state.ts'

/** How everybody stands who may sign in or was invited, in a handful of statements however many they are. */
export const listCircumstances = async (
  trx: Trx,
  deps: Pick<Deps, 'clock'>,
  accountId: string,
): Promise<readonly Circumstance[]> => {
  const people = await listPersonRows(trx, accountId)
  const rights = new Map((await listRights(trx, accountId)).map((one) => [one.userId, one]))
  const factors = await listFactorsOfAll(trx, accountId)
  const grant = await findGrant(trx, accountId)
  const policy = await findAccountPolicy(trx, accountId)
  const now = deps.clock.now()
  return people.map((person) => ({
    person,
    grant,
    policy,
    owner: rights.get(person.id)?.owner ?? false,
    administrator: rights.get(person.id)?.administrator ?? false,
    factors: factors.get(person.id) ?? [],
    recoveryCodesLeft: 0,
    now,
  }))
}

export const nameOf = ({ person }: Pick<Circumstance, 'person'>): { id: string; name: string } => ({
  id: person.id,
  name: `${person.first_name} ${person.last_name}`,
})
