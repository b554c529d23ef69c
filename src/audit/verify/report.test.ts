import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { startTestApp } from '../../test/app.ts'
import { reportChains } from './report.ts'

const app = await startTestApp()
await app.advance(1)
const { auditCheckpointSink: sink } = app.deps.config
const kept = await readFile(sink.kind === 'file' ? sink.path : '', 'utf8')

const report = async (given: { accountId?: string; checkpoints?: string } = {}) => {
  const said: string[] = []
  const whole = await reportChains(
    app.deps,
    { accountId: given.accountId ?? null, checkpoints: given.checkpoints ?? null },
    (line) => said.push(line),
  )
  return { whole, said: said.join('\n') }
}

it('all chains are reported, each with what was checked', async () => {
  const { whole, said } = await report({ checkpoints: kept })
  expect(whole).toBe(true)
  expect(said).toContain(`${app.accountId}: unbroken`)
  expect(said).toContain(`${app.otherAccountId}: unbroken`)
})

it.each([
  ['another hash', (line: string) => line.replace(/"hash":"../, '"hash":"00')],
  ['no checkpoint', () => '{"seq":1}'],
  ['no JSON', () => 'nonsense'],
])('a checkpoint file with %s is a fault', async (_name, change) => {
  const [first = ''] = kept.split('\n')
  const { whole, said } = await report({ checkpoints: change(first) })
  expect(whole).toBe(false)
  expect(said).toContain('checkpoint_mismatch: line 1')
})

it('the broken chain is named with its place, the others are whole', async () => {
  await app.nobody.post('/test/audit-tamper', { account_id: app.otherAccountId, op: 'change', seq: 1 })
  const { whole, said } = await report()
  expect(whole).toBe(false)
  expect(said).toContain(`${app.otherAccountId}: BROKEN at record 1: hash_mismatch`)
  expect((await report({ accountId: app.accountId })).whole).toBe(true)
})
