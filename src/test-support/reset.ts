import type pg from 'pg'

const kept = ['schema_migrations', 'clock_offset', 'node_heartbeats']

/** Months of the application log refuse to be emptied; only here they may. */
const guarded = `select t.tgrelid::regclass::text as name from pg_trigger t where t.tgname = 'audit_no_truncate'`

/** Empties every table of the product, as owner; the clock stays. */
export const emptyEverything = async (owner: pg.Pool): Promise<void> => {
  const { rows } = await owner.query<{ name: string }>(
    `select quote_ident(relname) as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relname <> all($1)`,
    [kept],
  )
  const months = (await owner.query<{ name: string }>(guarded)).rows.map((row) => row.name)
  const guards = (state: string) =>
    months.map((name) => `alter table ${name} ${state} trigger audit_no_truncate;`).join(' ')
  const names = rows.map((row) => row.name).join(', ')
  // Several statements in one query are one transaction: the guard is never off by itself.
  await owner.query(`${guards('disable')} truncate ${names} cascade; ${guards('enable')}`)
}

/** Every count of attempts: buckets, delays, spray blocks, failures of factors. */
export const emptyCounters = async (owner: pg.Pool): Promise<void> => {
  await owner.query(
    'truncate rate_buckets, login_delays, password_failures, refused_passwords, factor_counters',
  )
}
