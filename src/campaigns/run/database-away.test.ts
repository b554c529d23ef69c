import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, inject, it } from 'vitest'
import { withConnection } from '../../db/connection.ts'
import { makeProgram } from '../../test/program.ts'
import { accountingOver, made, prepareRun } from '../../test/program-run.ts'
import { startSink } from '../../test/smtp-sink.ts'

const recipients = 300
const awayMs = 2_000

/** As in a restart: every connection breaks, and for a while none is taken. */
const takeAway = async (database: string): Promise<void> => {
  const { superuserUrl } = inject('testServer')
  await withConnection(superuserUrl, async (client) => {
    await client.query(`alter database ${database} with allow_connections false`)
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
      database,
    ])
    await sleep(awayMs)
    await client.query(`alter database ${database} with allow_connections true`)
  })
}

describe('a database that goes away in the middle of a run', () => {
  it('is waited for: the run goes on by itself, nobody is lost or doubled', async () => {
    const sink = await startSink()
    sink.delayMs = 10
    const program = await makeProgram()
    await program.start()
    const id = await prepareRun(program, sink.port, recipients)
    await made(program, `/campaigns/${id}/send`, {})
    await expect.poll(() => sink.received.length, { timeout: 30_000, interval: 5 }).toBeGreaterThan(60)
    await takeAway(program.databaseName)
    await expect
      .poll(async () => (await accountingOver(program, id)).accepted, { timeout: 60_000, interval: 200 })
      .toBeGreaterThan(150)
    // Rows whose lease was cut off from its renewal come back with it.
    await program.advance(61)
    await expect
      .poll(async () => (await accountingOver(program, id)).pending, { timeout: 60_000, interval: 200 })
      .toBe(0)
    await program.advance(601)
    await expect
      .poll(async () => (await accountingOver(program, id)).status, { timeout: 20_000, interval: 200 })
      .toBe('finished')
    expect(await accountingOver(program, id)).toMatchObject({
      audience: recipients,
      balanced: true,
      missing: 0,
      surplus: 0,
    })
    expect(new Set(sink.received).size).toBe(sink.received.length)
    expect(sink.received.length).toBe(recipients)
    await program.stop()
    await sink.close()
  }, 120_000)
})
