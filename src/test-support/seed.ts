import type pg from 'pg'
import { inAccount, instanceAccountId } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { AppError, invalidField } from '../http/errors.ts'
import { ensureInstanceAccount, type Provision } from '../security/index.ts'
import { emptyEverything } from './reset.ts'
import { type PreparedAccount, prepareAccount, seedAccount } from './seed-account.ts'
import { checkSeed } from './seed-checks.ts'
import type { Seed } from './seed-contract.ts'
import { prepareStaff, seedStaff } from './seed-people.ts'

/** Every refusal of a seed has one code; what was wrong stands in `errors`. */
const asInvalid = (error: unknown): never => {
  if (!(error instanceof AppError) || error.code === 'validation_failed') throw error
  throw invalidField(String(error.members['pointer'] ?? ''), error.code, error.message)
}

/** Makes staff, accounts and users as given, in one transaction; passwords are stored without a rule of strength. */
export const runSeed = async (deps: Deps, owner: pg.Pool, seed: Seed, provisions: readonly Provision[]) => {
  checkSeed(seed)
  if (seed.reset) await emptyEverything(owner)
  await ensureInstanceAccount(deps)
  const staff = await prepareStaff(deps, seed.staff ?? [])
  const prepared: PreparedAccount[] = []
  for (const account of seed.accounts ?? []) prepared.push(await prepareAccount(deps, account))
  return inAccount(deps.db, instanceAccountId, async (trx) => {
    const made = await seedStaff(trx, deps, staff)
    const accounts: Record<string, unknown> = {}
    for (const account of prepared)
      accounts[account.given.key ?? account.given.name] = await seedAccount(trx, deps, account, provisions)
    return { staff: made, accounts }
  }).catch(asInvalid)
}
