import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../test/app.ts'
import { oneOfEach } from '../test/one-of-each.ts'
import { inAccount } from './pool.ts'

const app = await startTestApp()
await oneOfEach(app, app.accountId)
await oneOfEach(app, app.otherAccountId)

type Table = { name: string; owned: boolean; enabled: boolean; forced: boolean; policies: string[] }
const { rows: tables } = await sql<Table>`
  select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
    exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped) as owned,
    coalesce((select array_agg(p.polname::text) from pg_policy p where p.polrelid = c.oid), '{}') as policies
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by c.relname`.execute(
  app.db,
)
const owned = tables.filter((table) => table.owned)

/** Tables of the installation itself; none holds a word of a customer. */
const unowned = ['clock_offset', 'node_heartbeats', 'schema_migrations']

test('every table is of an account or on the short list of those that are not', () => {
  expect(tables.filter((table) => !table.owned).map((table) => table.name)).toEqual(unowned)
  expect(owned.length).toBeGreaterThan(40)
})

describe.each(owned.map((table) => [table.name, table] as const))('%s', (name, table) => {
  test('has forced row level security by the account', () => {
    expect(table).toMatchObject({ enabled: true, forced: true })
    expect(table.policies).toContain('own_account')
  })

  test('shows the runtime role nothing without an account and nobody else’s rows with one', async () => {
    const count = sql<{ n: number }>`select count(*) as n from ${sql.table(name)}`
    const foreign = sql<{
      n: number
    }>`select count(*) as n from ${sql.table(name)} where account_id <> ${app.accountId}`
    const allowed = await sql<{ may: boolean }>`select has_table_privilege(${name}, 'select') as may`.execute(
      app.db,
    )
    if (!allowed.rows[0]?.may) return
    expect((await count.execute(app.db)).rows[0]?.n).toBe(0)
    const seen = await inAccount(app.db, app.accountId, (trx) => foreign.execute(trx))
    expect(seen.rows[0]?.n).toBe(0)
  })
})

test('the tests above look at tables that hold rows of both accounts', async () => {
  for (const accountId of [app.accountId, app.otherAccountId]) {
    const rows = await inAccount(app.db, accountId, async (trx) => {
      const counts: number[] = []
      for (const name of ['contacts', 'campaigns', 'messages', 'users', 'simulator_messages']) {
        const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(name)}`.execute(trx)
        counts.push(rows[0]?.n ?? 0)
      }
      return counts
    })
    expect(Math.min(...rows)).toBeGreaterThan(0)
  }
})

test('the runtime role can neither write into another account nor pass by the rule', async () => {
  const write = inAccount(app.db, app.accountId, (trx) =>
    sql`insert into contact_groups (account_id, id, name) values (${app.otherAccountId}, uuid_v7(), 'x')`.execute(
      trx,
    ),
  )
  await expect(write).rejects.toThrow(/row-level security/)
  const { rows } = await sql<{ super: boolean; bypass: boolean }>`
    select rolsuper as super, rolbypassrls as bypass from pg_roles where rolname = current_user`.execute(
    app.db,
  )
  expect(rows).toEqual([{ super: false, bypass: false }])
})
