import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

export type MigrationFile = { readonly name: string; readonly sql: string; readonly sha256: string }

/** The files `NNNN_name.sql` of a folder in the order of their numbers. */
export const readMigrationFiles = async (directory: string): Promise<MigrationFile[]> => {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort()
  const numbers = new Set<string>()
  for (const name of names) {
    const number = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1]
    if (!number) throw new Error(`${join(directory, name)} is not named like 0001_accounts.sql`)
    if (numbers.has(number)) throw new Error(`Two migrations in ${directory} have the number ${number}`)
    numbers.add(number)
  }
  return Promise.all(names.map((name) => readMigrationFile(directory, name)))
}

const readMigrationFile = async (directory: string, name: string): Promise<MigrationFile> => {
  const sql = await readFile(join(directory, name), 'utf8')
  return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
}
