import { describe, expect, it } from 'vitest'
import { byUser, record } from '../audit/index.ts'
import { inAccount } from '../db/pool.ts'
import { startTestApp } from '../test/app.ts'
import { compareExport } from './compare.ts'

const app = await startTestApp({ jobs: true })
const where = { address: '203.0.113.9', agent: '=cmd', requestId: '@r', sessionHash: null, amr: [] }
await inAccount(app.db, app.accountId, (trx) =>
  record(trx, app.deps, byUser(app.accountId, where, { userId: app.ownerId, name: '=1+1' }), {
    action: 'group.created',
    object: { type: 'group', id: '-g' },
    reason: '\tx',
  }),
)
const range = { from: '2020-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' }
const start = (format: 'csv' | 'json', given: object = {}) =>
  app.owner.post('/audit-log/exports', { ...range, format, ...given })
const finished = async (id: string) => {
  for (;;) {
    const { body } = await app.owner.get(`/audit-log/exports/${id}`)
    if (body.state !== 'pending' && body.state !== 'in_progress') return body
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

describe('an export of the log', () => {
  it('needs a fresh confirmation', async () => {
    expect((await start('csv')).body.code).toBe('step_up_required')
    await app.owner.stepUp()
  })

  it('holds the records of the list as JSON, each whole', async () => {
    const listed = (await app.owner.get('/audit-log?limit=1000')).body.data
    const { status, body } = await start('json')
    expect(status).toBe(202)
    const done = await finished(body.id)
    expect(done).toMatchObject({ state: 'completed', url: `/api/v1/audit-log/exports/${body.id}/file` })
    const file = JSON.parse((await app.owner.send({ method: 'GET', url: done.url })).raw)
    expect(file).toEqual(expect.arrayContaining(listed))
    expect(file.map((one: { seq: number }) => one.seq)).toEqual(file.map((_: unknown, n: number) => n + 1))
  })

  it('is safe to open in a spreadsheet as CSV', async () => {
    const { body } = await start('csv')
    const { url } = await finished(body.id)
    const { raw } = await app.owner.send({ method: 'GET', url })
    const line = raw.split('\r\n').find((text) => text.includes('group.created')) ?? ''
    expect(raw.split('\r\n')[0]).toContain('seq,at,section,action')
    expect(line).toContain(`,'=1+1,`)
    expect(line).toContain(`,'-g,`)
    expect(line).toContain(`,'=cmd,`)
    expect(line).toContain(`,'@r,`)
    expect(line).not.toContain('\t')
  })

  it.each(['csv', 'json'] as const)('as %s shows the row in which one byte was changed', async (format) => {
    const { body } = await start(format)
    const { url } = await finished(body.id)
    const { raw } = await app.owner.send({ method: 'GET', url })
    const compared = (text: string) => compareExport(app.deps, app.accountId, text)
    expect(await compared(raw)).toMatchObject({ different: null })
    const at = raw.indexOf('group.created')
    const changed = await compared(`${raw.slice(0, at)}G${raw.slice(at + 1)}`)
    const [made] = (await app.owner.get('/audit-log?action=group.created')).body.data
    expect(changed.different?.seq).toBe(made.seq)
    expect((await compared(raw.slice(1))).different).toMatchObject({ line: 1 })
    expect((await compared(`${raw.slice(0, -3)}x${raw.slice(-2)}`)).different).not.toBeNull()
  })

  it('is a record and an operation', async () => {
    expect((await app.owner.get('/audit-log?action=audit_log.exported')).body.data.length).toBeGreaterThan(1)
    expect((await app.owner.get('/operations?type=log_export')).body.data.length).toBeGreaterThan(1)
  })

  it.each([
    [{ from: range.to, to: range.from }, 422],
    [{ from: '2026-02-30T00:00:00.000Z' }, 422],
    [{ format: 'xml' }, 422],
  ])('is refused for %j', async (given, status) => {
    expect((await start('csv', given)).status).toBe(status)
  })

  it('belongs to whoever asked for it and is gone after a week', async () => {
    const { body } = await start('csv')
    const { url } = await finished(body.id)
    await app.other.stepUp()
    expect((await app.other.get(`/audit-log/exports/${body.id}`)).status).toBe(404)
    expect((await app.other.send({ method: 'GET', url })).status).toBe(404)
    await app.advance(7 * 86_400 + 1)
    const { rows } = await inAccount(app.db, app.accountId, (trx) =>
      trx
        .selectFrom('audit_export_parts')
        .select('position')
        .execute()
        .then((found) => ({ rows: found })),
    )
    expect(rows).toEqual([])
  })
})
