import { describe, expect, it } from 'vitest'
import { makeProgram } from '../../test/program.ts'
import { accountingOver, made, prepareRun } from '../../test/program-run.ts'
import { startSink } from '../../test/smtp-sink.ts'

const recipients = 400
/** Of a provider without a bound of its own. */
const connections = 5
const kills = 2

describe('a sender killed with signal 9 in the middle of a run', () => {
  it('loses nobody and doubles nobody; what had no answer is uncertain', async () => {
    const sink = await startSink()
    sink.delayMs = 10
    const program = await makeProgram()
    await program.start()
    const id = await prepareRun(program, sink.port, recipients)
    await made(program, `/campaigns/${id}/send`, {})
    for (const threshold of [60, 180]) {
      await expect
        .poll(() => sink.received.length, { timeout: 30_000, interval: 5 })
        .toBeGreaterThan(threshold)
      await program.kill()
      await program.start()
      await program.advance(61)
    }
    await expect
      .poll(async () => (await accountingOver(program, id)).pending, { timeout: 40_000, interval: 200 })
      .toBe(0)
    await program.advance(601)
    await expect
      .poll(async () => (await accountingOver(program, id)).status, { timeout: 20_000, interval: 200 })
      .toBe('finished')
    const accounting = await accountingOver(program, id)
    expect(accounting).toMatchObject({
      audience: recipients,
      sum: recipients,
      balanced: true,
      missing: 0,
      surplus: 0,
    })
    expect(accounting.accepted + accounting.uncertain).toBe(recipients)
    // Doubled: none arrived twice. Lost: what did not arrive stands as uncertain. Each kill left at most the message that
    // was being sent over each connection and the one behind it (sending.md §9).
    const arrived = new Set(sink.received)
    expect(arrived.size).toBe(sink.received.length)
    expect(arrived.size).toBeGreaterThanOrEqual(accounting.accepted)
    expect(recipients - arrived.size).toBeLessThanOrEqual(accounting.uncertain)
    expect(accounting.uncertain).toBeLessThanOrEqual(kills * connections * 2)
    await program.stop()
    await sink.close()
  }, 120_000)
})
