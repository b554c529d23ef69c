import type { Config } from './config.ts'
import { openBeside } from './db/beside.ts'
import { connectPool, type Db, inAccount, instanceAccountId, openDb } from './db/pool.ts'
import { keepPasswords, readPasswords } from './db/roles/passwords.ts'
import { resealColumn } from './db/sealed-columns.ts'
import { openKeyRing } from './lib/secrets.ts'
import { listAccountIds } from './operator/index.ts'
import { sealedColumns } from './sealed-columns.ts'

export type Rotated = Readonly<Record<string, number>>

/** The kept passwords of the database roles stand in a file of DATA_DIR under the same keys. */
const resealRolePasswords = async ({ dataDir, secretKeys }: Config): Promise<void> => {
  const keys = openKeyRing(secretKeys)
  const passwords = await readPasswords(dataDir, keys)
  if (passwords) await keepPasswords(dataDir, passwords, keys)
}

/** Each account in a transaction of its own, so that an interrupted rotation is simply run again. */
export const rotateKeys = async (config: Pick<Config, 'secretKeys'>, db: Db): Promise<Rotated> => {
  const keys = openKeyRing(config.secretKeys)
  const counts: Record<string, number> = {}
  for (const accountId of [instanceAccountId, ...(await listAccountIds(db))]) {
    for (const sealed of sealedColumns) {
      const name = `${sealed.table}.${sealed.column}`
      const changed = await inAccount(db, accountId, (trx) => resealColumn(trx, keys, accountId, sealed))
      counts[name] = (counts[name] ?? 0) + changed
    }
  }
  return counts
}

/** `campanile keys rotate`: everything sealed with an older key of SECRET_KEYS is sealed with the first. */
export const runKeysRotate = async (config: Config, say: (line: string) => void): Promise<number> => {
  const database = await openBeside(config, say)
  const pool = connectPool(database.urls.app, { max: 2, name: 'campanile-keys' })
  try {
    await resealRolePasswords(config)
    const counts = await rotateKeys(config, openDb(pool))
    for (const [name, changed] of Object.entries(counts)) say(`${name}: ${changed} sealed anew`)
    say(
      'Programs that run must be started with the same SECRET_KEYS. Keep the older keys there for as long as links in ' +
        'messages that were sent are to work.',
    )
    return 0
  } finally {
    await pool.end()
    await database.close()
  }
}
