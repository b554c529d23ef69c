import type { Client } from 'pg'
import { databaseStatements, runStatements } from '../roles/queries.ts'

export const templateDatabase = 'campanile_template'

export const makeEmptyDatabase = async (client: Client, database: string): Promise<void> => {
  await client.query(`create database ${database} owner campanile_owner`)
  await grantRights(client, database)
}

/** Rights on a database, unlike those inside it, do not come with the copy. */
export const copyDatabase = async (client: Client, database: string): Promise<void> => {
  await client.query(`create database ${database} template ${templateDatabase} owner campanile_owner`)
  await grantRights(client, database)
}

const grantRights = (client: Client, database: string): Promise<void> =>
  runStatements(
    client,
    databaseStatements(database).filter((statement) => statement.includes(` on database "${database}"`)),
  )

export const dropDatabase = async (client: Client, database: string): Promise<void> => {
  await client.query(`drop database if exists ${database} with (force)`)
}
