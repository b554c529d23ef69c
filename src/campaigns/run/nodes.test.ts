import { expect, it, onTestFinished } from 'vitest'
import { makeProgram } from '../../test/program.ts'
import { accountingOver, made, prepareRun } from '../../test/program-run.ts'
import { startSink } from '../../test/smtp-sink.ts'

const recipients = 400

it('of several sender processes one is frozen, one dies: the others take over, and nobody is written to twice', async () => {
  const sink = await startSink()
  sink.delayMs = 20
  const program = await makeProgram()
  onTestFinished(async () => {
    await program.stop()
    await sink.close()
  })
  await program.start('web,worker')
  const id = await prepareRun(program, sink.port, recipients)
  const dying = await program.startNode('sender')
  const frozen = await program.startNode('sender')
  await made(program, `/campaigns/${id}/send`, {})
  await expect.poll(() => sink.received.length, { timeout: 30_000, interval: 5 }).toBeGreaterThan(40)
  frozen.freeze()
  await dying.kill()
  const before = sink.received.length
  await program.advance(61)
  await program.startNode('sender')
  await expect
    .poll(async () => (await accountingOver(program, id)).pending, { timeout: 60_000, interval: 200 })
    .toBe(0)
  const whileFrozen = new Set(sink.received)
  frozen.goOn()
  // Whatever it had in its hands is given back or answered: nothing is sent by it that another has sent.
  await program.advance(601)
  await expect
    .poll(async () => (await accountingOver(program, id)).status, { timeout: 30_000, interval: 200 })
    .toBe('finished')
  const accounting = await accountingOver(program, id)
  expect(accounting).toMatchObject({ audience: recipients, sum: recipients, missing: 0, surplus: 0 })
  expect(new Set(sink.received).size).toBe(sink.received.length)
  expect(before).toBeLessThan(recipients)
  // Ten connections at most were in the middle of a message when it froze; those alone may still be finished.
  expect(sink.received.length - whileFrozen.size).toBeLessThanOrEqual(10)
  expect(recipients - sink.received.length).toBeLessThanOrEqual(accounting.uncertain)
}, 180_000)
