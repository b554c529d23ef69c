import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { withConnection } from '../connection.ts'
import { makeDataDir, removeDataDir, startHastily } from '../test/data-dirs.ts'

test('a database that is killed under the running program comes back at the same address', async () => {
  const dataDir = await makeDataDir()
  let ready = () => {}
  const isBack = new Promise<void>((resolve) => {
    ready = resolve
  })
  let starts = 0
  const database = await startHastily(dataDir, { synchronous_commit: 'on' }, (line) => {
    if (line.includes('ready to accept connections') && ++starts === 2) ready()
  })
  try {
    const client = new Client({ connectionString: database.superuserUrl })
    await client.connect()
    await client.query('create table kept as select 1 as n')
    client.on('error', () => {})
    process.kill(
      Number((await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]),
      'SIGKILL',
    )
    await isBack
    const found = await withConnection(database.superuserUrl, (again) => again.query('select n from kept'))
    expect(found.rows).toEqual([{ n: 1 }])
  } finally {
    await database.stop()
    await removeDataDir(dataDir)
  }
})
