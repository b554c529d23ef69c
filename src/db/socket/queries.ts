import { sql } from 'kysely'
import type { Db } from '../pool.ts'

/** Where the database listens, as it sees it; null over a socket of the file system. */
export const findDatabaseSocket = async (db: Db): Promise<{ address: string; port: number } | null> => {
  const { rows } = await sql<{ address: string | null; port: number | null }>`
    select host(inet_server_addr()) as address, inet_server_port() as port`.execute(db)
  const { address, port } = rows[0] ?? { address: null, port: null }
  return address !== null && port !== null ? { address, port } : null
}
