import type pg from 'pg'

/** Contacts with a name, a city, a code and a score, all in one group: what an import leaves behind. */
export const insertAudience = async (
  owner: pg.Pool,
  audience: { accountId: string; groupId: string; count: number },
): Promise<void> => {
  const { accountId, groupId, count } = audience
  const client = await owner.connect()
  try {
    await client.query('begin')
    await client.query(`select set_config('app.account_id', $1, true)`, [accountId])
    await client.query(
      `insert into contacts (account_id, id, email, email_key, first_name, last_name, fields, source)
       select $1, uuid_v7(), 'person' || n || '@example.com', 'person' || n || '@example.com', 'Anna' || n % 1000,
         'Nowak-' || n, jsonb_build_object('city', 'Poznań ' || n % 50, 'code', 'SPRING-' || n, 'score', n % 100), 'import'
       from generate_series(1, $2::int) n`,
      [accountId, count],
    )
    await client.query(
      `insert into contact_group_members (account_id, group_id, contact_id)
       select account_id, $2, id from contacts where account_id = $1`,
      [accountId, groupId],
    )
    await client.query('commit')
    await client.query('analyze contacts, contact_group_members')
  } finally {
    client.release()
  }
}

export const findAccountId = async (owner: pg.Pool): Promise<string> => {
  const { rows } = await owner.query<{ account_id: string }>(
    `select account_id from accounts where name = 'Bench'`,
  )
  const id = rows[0]?.account_id
  if (!id) throw new Error('the account was not seeded')
  return id
}
