import { existsSync, mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { planCampaign } from '../../campaigns/index.ts'
import type { SubmitAnswer } from '../../channels/channel.ts'
import { inAccount } from '../../db/pool.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { startTestApp } from '../../test/app.ts'
import { accountingOf, makeRun } from '../../test/run.ts'
import { claimRows, type Held } from '../engine/claim/queries.ts'
import { handRows } from '../engine/hand/queries.ts'
import { recoverExpiredLeases } from '../recovery/recover.ts'
import { journalFolder, type OpenJournal, openJournal } from './file.ts'
import type { JournaledLease } from './journal.ts'
import { isRunning, thisOwner } from './owner.ts'
import { type LeftJournal, readJournal, readJournalFile } from './reading.ts'
import { ownerLine } from './record.ts'
import { replayJournals } from './replay.ts'

const app = await startTestApp()
const { deps, accountId } = app
const nodeId = uuidV7(deps.clock.now())
const providerId = '00000000-0000-7000-8000-00000000aaaa'
const accepted: SubmitAnswer = { kind: 'accepted', providerRef: 'ref\n1', text: '250 zażółć\r\n' }
const later: SubmitAnswer = { kind: 'temporary', code: '4.7.1', text: '451 later' }
const never: SubmitAnswer = { kind: 'permanent', code: '5.1.1', class: 'unknown_user', text: '550 no' }

const aLease = (): JournaledLease => ({
  accountId,
  sourceId: uuidV7(deps.clock.now()),
  runMonth: '2026-11-01',
  leaseId: uuidV7(deps.clock.now()),
  epoch: 7,
})
const ids = (count: number): string[] => Array.from({ length: count }, () => uuidV7(deps.clock.now()))
const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))

const aFolder = (): string => mkdtempSync(join(tmpdir(), 'campanile-journal-'))
const filesIn = (dataDir: string): string[] =>
  readdirSync(journalFolder(dataDir)).map((name) => join(journalFolder(dataDir), name))
const onlyFile = (dataDir: string): string => {
  const [file = '', ...others] = filesIn(dataDir)
  expect(others).toEqual([])
  return file
}
const seen = ({ leases }: LeftJournal) =>
  leases.map(({ lease, begun }) => ({ leaseId: lease.leaseId, begun: [...begun] }))

describe('the file of a journal', () => {
  test('says of each lease what was begun and what was answered, until the lease is settled', async () => {
    const dataDir = aFolder()
    const journal = openJournal({ dataDir, nodeId, writer: 't' })
    const [one, two] = [aLease(), aLease()]
    const [a = '', b = '', c = ''] = ids(3)
    const first = journal.open(one)
    const second = journal.open(two)
    expect([first.begun(a), second.begun(b), first.begun(c)]).toEqual([true, true, true])
    first.answered(a, accepted)
    await turn()
    const left = readJournalFile(onlyFile(dataDir))
    expect(left).toMatchObject({ complete: true, owner: { nodeId, pid: process.pid } })
    expect(left.leases.map(({ lease }) => lease)).toEqual([one, two])
    expect(seen(left)).toEqual([
      {
        leaseId: one.leaseId,
        begun: [
          [a, accepted],
          [c, null],
        ],
      },
      { leaseId: two.leaseId, begun: [[b, null]] },
    ])
    first.settled()
    expect(seen(readJournalFile(onlyFile(dataDir)))).toHaveLength(1)
    second.settled()
    journal.close()
    expect(filesIn(dataDir)).toEqual([])
  })

  test('stays when a lease was not settled before the end', () => {
    const dataDir = aFolder()
    const journal = openJournal({ dataDir, nodeId, writer: 't' })
    journal.open(aLease()).begun(ids(1)[0] ?? '')
    journal.close()
    expect(seen(readJournalFile(onlyFile(dataDir)))).toHaveLength(1)
  })

  test('does not grow for ever: a new one is begun, and the old one goes with its last lease', () => {
    const dataDir = aFolder()
    const journal = openJournal({ dataDir, nodeId, writer: 't', segmentBytes: 2_000 })
    const long = journal.open(aLease())
    for (let n = 0; n < 200; n += 1) {
      const lease = journal.open(aLease())
      for (const id of ids(5)) expect(lease.begun(id)).toBe(true)
      lease.settled()
    }
    expect(filesIn(dataDir)).toHaveLength(2)
    long.settled()
    expect(filesIn(dataDir)).toHaveLength(1)
    journal.close()
  })

  const written = (): { text: string; lines: string[] } => {
    const dataDir = aFolder()
    const journal = openJournal({ dataDir, nodeId, writer: 't' })
    const lease = journal.open(aLease())
    for (const id of ids(3)) {
      lease.begun(id)
      lease.answered(id, accepted)
    }
    journal.close()
    const text = readFileSync(onlyFile(dataDir), 'utf8')
    return { text, lines: text.split('\n') }
  }

  test('cut anywhere in its last line is read up to there', () => {
    const { text, lines } = written()
    const lastLine = (lines.at(-2) ?? '').length + 1
    const whole = readJournal(text)
    for (let cut = 1; cut < lastLine; cut += 1) {
      const left = readJournal(text.slice(0, text.length - cut))
      expect(left.complete).toBe(true)
      expect(left.leases[0]?.begun.size).toBe(3)
      expect([...(left.leases[0]?.begun.values() ?? [])]).toEqual([accepted, accepted, null])
    }
    expect([...(whole.leases[0]?.begun.values() ?? [])]).toEqual([accepted, accepted, accepted])
  })

  test.each([
    ['a sign changed', (line: string) => line.replace(/.$/, (last) => (last === '0' ? '1' : '0'))],
    ['its end lost', (line: string) => line.slice(0, -5)],
    ['nothing but zeros', (line: string) => '\0'.repeat(line.length)],
  ])('with %s in the middle proves nothing by its silence', (_what, damage) => {
    const { lines } = written()
    const left = readJournal(lines.map((line, n) => (n === 2 ? damage(line) : line)).join('\n'))
    expect(left.complete).toBe(false)
    expect(left.leases[0]?.begun.size).toBeGreaterThan(0)
  })

  test('of a machine that was started anew proves nothing by its silence', () => {
    const { lines } = written()
    const boot = ownerLine({ ...thisOwner(nodeId), boot: 'another' }).trimEnd()
    expect(readJournal([boot, ...lines.slice(1)].join('\n')).complete).toBe(false)
  })

  test('that cannot be written stops the sender', () => {
    const dataDir = aFolder()
    const journal = openJournal({ dataDir, nodeId, writer: '../../nowhere/t' })
    const lease = journal.open(aLease())
    expect(lease.begun(ids(1)[0] ?? '')).toBe(false)
    expect(journal.isWritable()).toBe(false)
  })

  test.skipIf(!existsSync('/dev/full'))('on a full disk says so before anything is sent', async () => {
    const { Segment } = await import('./segment.ts')
    const full = new Segment('/dev/full')
    expect(full.write('begun\n')).toBe(false)
  })
})

test('a process is known to run by its number and its start', () => {
  const own = thisOwner(nodeId)
  expect(isRunning(own)).toBe(true)
  expect(isRunning({ ...own, startedAt: `${own.startedAt}0` })).toBe(own.startedAt === '')
  expect(isRunning({ ...own, pid: 2 ** 22 + 5 })).toBe(false)
  expect(isRunning({ ...own, place: 'elsewhere' })).toBeNull()
  expect(isRunning({ ...own, boot: 'another' })).toBe(false)
})

describe('after the end of a sender its journal', () => {
  const writer = 'dead'
  let journal: OpenJournal

  beforeAll(() => {
    journal = openJournal({ dataDir: deps.config.dataDir, nodeId, writer })
  })

  /** Claims a run and hands it over, as far as the database knows. */
  const handed = async (count: number, handedCount: number): Promise<{ held: Held; rows: string[] }> => {
    const campaignId = await makeRun(
      app,
      ids(count).map((id) => `${id}@example.org`),
    )
    await planCampaign(deps, { account_id: accountId, id: campaignId })
    return inAccount(deps.db, accountId, async (trx) => {
      const { rows: heads } = await sql<{ month: string }>`select run_month as month from campaigns
        where account_id = ${accountId} and id = ${campaignId}`.execute(trx)
      const run = { accountId, sourceId: campaignId, runMonth: heads[0]?.month ?? '' }
      const lease = { id: uuidV7(deps.clock.now()), nodeId }
      const { rows, epoch } = await claimRows(trx, run, lease, count)
      const held = { ...run, leaseId: lease.id, epoch }
      const messageIds = rows.map((row) => row.message_id)
      await handRows(trx, held, {
        messageIds: messageIds.slice(0, handedCount),
        unrendered: [],
        decision: null,
        gated: true,
        providerId,
        revision: 1,
      })
      return { held, rows: messageIds }
    })
  }

  const statesOf = async (held: Held) => {
    const { rows } = await inAccount(deps.db, accountId, (trx) =>
      sql<{ message_id: string; state: string; attempts: number; handed_at: Date | null; queued: boolean }>`
        select message_id, state, attempts, handed_at, exists (select from message_queue q
          where q.account_id = ${accountId} and q.message_id = m.message_id) as queued
        from messages m where account_id = ${accountId} and source_id = ${held.sourceId}`.execute(trx),
    )
    return new Map(
      rows.map(({ message_id, state, attempts, queued }) => [message_id, { state, attempts, queued }]),
    )
  }

  const isOver = { nodeId, writer }

  test('decides each row: not begun goes back, answered gets its answer, begun alone is uncertain', async () => {
    const { held, rows } = await handed(7, 6)
    const [yes = '', no = '', soon = '', lost = '', waiting = '', away = '', claimed = ''] = rows
    const lease = journal.open(held)
    for (const id of [yes, no, soon, lost, away]) lease.begun(id)
    lease.answered(yes, accepted)
    lease.answered(no, never)
    lease.answered(soon, later)
    lease.answered(away, { kind: 'not_begun' })
    await turn()
    await replayJournals(deps)
    expect((await statesOf(held)).get(yes)?.state, 'the writer lives').toBe('handed')
    const told: string[] = []
    const noteRefusals = async (
      _trx: unknown,
      _deps: unknown,
      _account: string,
      refusals: readonly { messageId: string }[],
    ) => {
      told.push(...refusals.map(({ messageId }) => messageId))
    }
    for (let times = 0; times < 2; times += 1) await replayJournals(deps, { ended: isOver, noteRefusals })
    const states = await statesOf(held)
    expect(states.get(yes)).toEqual({ state: 'accepted', attempts: 1, queued: false })
    expect(states.get(no)).toEqual({ state: 'rejected', attempts: 1, queued: false })
    expect(states.get(soon)).toEqual({ state: 'planned', attempts: 1, queued: true })
    expect(states.get(lost)).toEqual({ state: 'uncertain', attempts: 1, queued: false })
    for (const id of [waiting, away, claimed]) {
      expect(states.get(id)).toEqual({ state: 'planned', attempts: 0, queued: true })
    }
    expect(told).toEqual([no])
    expect(await accountingOf(app, held.sourceId)).toMatchObject({ sum: 7, balanced: true })
    expect(filesIn(deps.config.dataDir)).toEqual([])
  })

  test('still answers for rows that recovery has called uncertain meanwhile', async () => {
    journal = openJournal({ dataDir: deps.config.dataDir, nodeId, writer })
    const { held, rows } = await handed(4, 4)
    const [yes = '', lost = '', waiting = ''] = rows
    const lease = journal.open(held)
    lease.begun(yes)
    lease.begun(lost)
    lease.answered(yes, accepted)
    await turn()
    await app.advance(61)
    await recoverExpiredLeases(deps)
    expect((await statesOf(held)).get(waiting)?.state).toBe('uncertain')
    await replayJournals(deps, { ended: isOver })
    const states = await statesOf(held)
    expect([yes, lost, waiting].map((id) => states.get(id)?.state)).toEqual([
      'accepted',
      'uncertain',
      'planned',
    ])
    expect(states.get(waiting)).toEqual({ state: 'planned', attempts: 0, queued: true })
  })

  test('without its beginning answers what it can and leaves the rest uncertain', async () => {
    journal = openJournal({ dataDir: deps.config.dataDir, nodeId, writer })
    const { held, rows } = await handed(2, 2)
    const [yes = '', waiting = ''] = rows
    const lease = journal.open(held)
    lease.begun(yes)
    lease.answered(yes, accepted)
    await turn()
    const file = onlyFile(deps.config.dataDir)
    writeFileSync(file, readFileSync(file, 'utf8').slice(20))
    await replayJournals(deps, { ended: isOver })
    const states = await statesOf(held)
    expect([yes, waiting].map((id) => states.get(id)?.state)).toEqual(['accepted', 'uncertain'])
  })

  test('changes nothing for rows that were handed over again since', async () => {
    journal = openJournal({ dataDir: deps.config.dataDir, nodeId, writer })
    const { held, rows } = await handed(1, 1)
    const [id = ''] = rows
    const lease = journal.open(held)
    lease.begun(id)
    lease.answered(id, later)
    await turn()
    await inAccount(deps.db, accountId, (trx) =>
      sql`update messages set lease_epoch = ${held.epoch + 1} where account_id = ${accountId} and message_id = ${id}`.execute(
        trx,
      ),
    )
    await replayJournals(deps, { ended: isOver })
    expect((await statesOf(held)).get(id)?.state).toBe('handed')
  })

  test('that is empty goes', async () => {
    journal = openJournal({ dataDir: deps.config.dataDir, nodeId, writer })
    const { held } = await handed(1, 0)
    journal.open(held)
    truncateSync(onlyFile(deps.config.dataDir), 0)
    await replayJournals(deps, { ended: isOver })
    expect(filesIn(deps.config.dataDir)).toEqual([])
  })
})
