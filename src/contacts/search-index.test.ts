import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { inAccount } from '../db/pool.ts'
import { startTestApp } from '../test/app.ts'

const app = await startTestApp()

// Under row level security `like` may use no index by itself; a search that reads every contact would not be seen
// in a small test by its answers.
test('a search through many contacts goes by the trigram index', async () => {
  const scans = await inAccount(app.db, app.accountId, async (trx) => {
    await sql`insert into contacts (account_id, id, external_id, email, email_key, source)
      select ${app.accountId}, uuid_v7(), 'S-' || n, md5(n::text) || '@example.org', md5(n::text) || '@example.org', 'import'
      from generate_series(1, 30000) n`.execute(trx)
    await sql`select analyze_import_targets()`.execute(trx)
    await sql`select count_contacts_found('{"words": ["kowalska"]}')`.execute(trx)
    await sql`select * from search_contacts('{"words": ["kowalska"]}', '-created_at', null, null, 101)`.execute(
      trx,
    )
    return sql<{ n: number }>`
      select pg_stat_get_xact_numscans('contacts_search'::regclass) as n`.execute(trx)
  })
  expect(scans.rows[0]?.n).toBe(2)
})
