import { createHash } from 'node:crypto'
import { type PostgresPool, type PostgresPoolClient, sql } from 'kysely'
import type pg from 'pg'
import { LRU } from '../lib/lru.ts'

const mark = '/* prepared */'

/**
 * Stands first in a statement that runs many times a second and takes longer to plan than is well: each connection plans it
 * a few times and then keeps the plan until the statistics change.
 */
export const prepared = sql.raw(mark)

const names = new LRU<string, string>(200)

const nameOf = (text: string): string => {
  const known = names.get(text)
  if (known) return known
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 24)
  names.set(text, name)
  return name
}

type Query = PostgresPoolClient['query']

const preparing = (client: pg.PoolClient): PostgresPoolClient => {
  const ask = client.query.bind(client) as Query
  const query = ((text: string, values: readonly unknown[]) =>
    typeof text === 'string' && text.startsWith(mark)
      ? client.query({ name: nameOf(text), text, values: [...values] })
      : ask(text, values)) as Query
  return Object.assign(Object.create(client) as PostgresPoolClient, {
    query,
    release: (destroy?: boolean) => client.release(destroy),
  })
}

/** The pool as Kysely sees it: marked statements are prepared under a name made from their text. */
export const preparingPool = (pool: pg.Pool): PostgresPool => {
  const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect()
      const known = wrapped.get(client) ?? preparing(client)
      wrapped.set(client, known)
      return known
    },
  }
}
