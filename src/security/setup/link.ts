import { insertAccount, makeDataKey } from '../../accounts/index.ts'
import { type Db, inAccount, instanceAccountId, type Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { addMs, minutesMs } from '../../lib/clock.ts'
import { hashToken, makeToken } from '../../lib/tokens.ts'
import { findLinkToken, replaceLinkToken, staffExists } from '../queries.ts'

export const setupPurpose = 'setup'
const linkLifeMs = minutesMs(60)

/** The operator is itself an account; its row exists before anything else. */
export const ensureInstanceAccount = (deps: Deps): Promise<void> =>
  inAccount(deps.db, instanceAccountId, (trx) =>
    insertAccount(trx, {
      id: instanceAccountId,
      kind: 'instance',
      name: 'Instance',
      slug: 'instance',
      status: 'active',
      dataKeySealed: makeDataKey(deps.keys, instanceAccountId),
    }),
  )

export const isSetupNeeded = (db: Db): Promise<boolean> =>
  inAccount(db, instanceAccountId, async (trx) => !(await staffExists(trx)))

/** While no staff user exists, each start makes one link of 60 minutes; the former link dies. Null once set up. */
export const makeSetupLink = async (deps: Deps): Promise<string | null> => {
  if (!(await isSetupNeeded(deps.db))) return null
  const token = makeToken()
  const expiresAt = addMs(deps.clock.now(), linkLifeMs)
  await inAccount(deps.db, instanceAccountId, (trx) =>
    replaceLinkToken(trx, instanceAccountId, { purpose: setupPurpose, hash: hashToken(token), expiresAt }),
  )
  return `${deps.config.publicUrl}/setup#token=${token}`
}

/** @throws AppError 410 `setup_done`, 400 `link_refused`. */
export const proveToken = async (trx: Trx, token: string): Promise<void> => {
  if (await staffExists(trx)) throw new AppError('setup_done', 410)
  if (!(await findLinkToken(trx, instanceAccountId, setupPurpose, hashToken(token))))
    throw new AppError('link_refused', 400)
}

export const checkSetupToken = (db: Db, token: string): Promise<void> =>
  inAccount(db, instanceAccountId, (trx) => proveToken(trx, token))
