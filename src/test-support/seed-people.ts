import { instanceAccountId, type Trx } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { isOperatorKey, permissionKeys } from '../http/permissions/contract.ts'
import { addPerson, preparePerson, seedGuard } from '../security/index.ts'
import type { SeedStaff, SeedUser } from './seed-contract.ts'

export type PreparedUser<U> = {
  readonly given: U
  readonly person: Awaited<ReturnType<typeof preparePerson>>
}

/** Each hash takes 64 MiB, so no more at once than the program itself lets run. */
const atOnce = 4

export const preparePeople = async <U extends SeedUser | SeedStaff>(
  deps: Deps,
  users: readonly U[],
): Promise<PreparedUser<U>[]> => {
  const prepared: PreparedUser<U>[] = []
  for (let start = 0; start < users.length; start += atOnce) {
    const part = users
      .slice(start, start + atOnce)
      .map(async (given) => ({ given, person: await prepare(deps, given) }))
    prepared.push(...(await Promise.all(part)))
  }
  return prepared
}

const prepare = (deps: Deps, user: SeedUser | SeedStaff) =>
  preparePerson(deps, {
    login: user.login ?? user.email,
    email: user.email,
    firstName: user.first_name ?? 'Test',
    lastName: user.last_name ?? 'User',
    password: user.password,
    ...('language' in user && user.language ? { language: user.language } : {}),
    ...('status' in user && user.status ? { status: user.status } : {}),
  })

export const prepareStaff = (deps: Deps, staff: readonly SeedStaff[]) => preparePeople(deps, staff)

export const seedStaff = async (trx: Trx, deps: Deps, staff: readonly PreparedUser<SeedStaff>[]) => {
  for (const { given, person } of staff) {
    await addPerson(trx, instanceAccountId, person)
    await seedGuard(
      trx,
      deps,
      { accountId: instanceAccountId, userId: person.id },
      {
        roleIds: [],
        permissions: given.permissions ?? permissionKeys.filter(isOperatorKey),
        ...(given.totp_secret === undefined ? {} : { totpSecret: given.totp_secret }),
      },
    )
  }
  return staff.map(({ person }) => ({ id: person.id, login: person.login }))
}
