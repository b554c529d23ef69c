import type pg from 'pg'

const kept = ['schema_migrations', 'clock_offset', 'node_heartbeats']

/** Empties every table of the product, as owner; the clock stays. */
export const emptyEverything = async (owner: pg.Pool): Promise<void> => {
  const { rows } = await owner.query<{ name: string }>(
    `select quote_ident(relname) as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relname <> all($1)`,
    [kept],
  )
  await owner.query(`truncate ${rows.map((row) => row.name).join(', ')} cascade`)
}
