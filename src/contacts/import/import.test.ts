import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { setEntitlement } from '../../accounts/index.ts'
import { inAccount } from '../../db/pool.ts'
import { startTestApp } from '../../test/app.ts'
import { importAll, untilEnded, upload } from './test/import-file.ts'

const app = await startTestApp({ jobs: true })
const { owner, other, nobody } = app

const contact = async (email: string) =>
  (await owner.get(`/contacts/by/email/${encodeURIComponent(email)}`)).body
const storedFiles = () =>
  readdirSync(app.deps.config.dataDir, { recursive: true }).filter((name) =>
    String(name).includes('imports/'),
  )

test('a plain file of people goes all the way without setting anything', async () => {
  const group = (await owner.post('/groups', { name: 'Readers' })).body
  await owner.post('/fields', { name: 'points', type: 'number' })
  const ended = await importAll(
    owner,
    'E-mail;Imię;Nazwisko;Telefon;Points\nanna@example.org;Anna;Żółć;600 700 801;1 234,5\nbob@example.org;Bob;;;\n',
    { settings: { group_ids: [group.id], new_groups: ['Fresh'] } },
  )
  expect(ended).toMatchObject({
    state: 'completed',
    counts: {
      rows: 2,
      done: 2,
      inserted: 2,
      updated: 0,
      unchanged: 0,
      group_only: 0,
      skipped: 0,
      rejected: 0,
    },
  })
  expect(ended.rows).toMatchObject([
    { line: 2, result: 'inserted', code: null },
    { line: 3, result: 'inserted', code: null },
  ])
  const anna = await contact('anna@example.org')
  expect(anna).toMatchObject({
    first_name: 'Anna',
    last_name: 'Żółć',
    phone: '+48600700801',
    fields: { points: 1234.5 },
    source: 'import',
    source_ref: ended.id,
  })
  expect(anna.groups.map((entry: { name: string }) => entry.name)).toEqual(['Fresh', 'Readers'])
  expect((await owner.get(`/groups/${group.id}`)).body).toMatchObject({ member_count: 2 })
  expect((await owner.get(`/groups/${group.id}`)).body.last_import_at).not.toBeNull()
})

describe('settings', () => {
  test.each([
    [
      'a field bound twice',
      {
        mapping: [
          { column: 0, field: 'email' },
          { column: 1, field: 'email' },
        ],
      },
      'field_bound_twice',
    ],
    ['no key', { mapping: [{ column: 1, field: 'first_name' }] }, 'key_required'],
    ['an unknown field', { mapping: [{ column: 0, field: 'fields.nope' }] }, 'validation_failed'],
    ['no such column', { mapping: [{ column: 7, field: 'email' }] }, 'validation_failed'],
    ['column and constant', { mapping: [{ column: 0, constant: 'x', field: 'email' }] }, 'validation_failed'],
    [
      'consent without source',
      { settings: { legal_basis: { basis: 'consent', channels: ['email'] } } },
      'validation_failed',
    ],
    [
      'an unknown group',
      { settings: { group_ids: ['01890000-0000-7000-8000-000000000000'] } },
      'validation_failed',
    ],
    ['an unknown setting', { settings: { speed: 'high' } }, 'validation_failed'],
    ['an unknown part', { speed: 'high' }, 'validation_failed'],
    ['a broken part', { settings: '{' }, 'malformed_json'],
  ])('%s is refused at the upload', async (_, parts, code) => {
    const refused = await upload(owner, 'email;name\nx@example.org;X\n', parts, '?start=true')
    expect(refused.body.code, refused.raw).toBe(code)
  })

  test('the file is needed, once, and a form that is none is refused', async () => {
    expect((await upload(owner, null)).body).toMatchObject({
      status: 422,
      errors: [{ pointer: '/file', code: 'required' }],
    })
    const broken = await owner.send({
      method: 'POST',
      url: '/api/v1/imports',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      payload: 'no form',
    })
    expect(broken.status).toBe(400)
    expect((await owner.post('/imports', {})).status).toBe(415)
  })

  test('constants, transforms and split names', async () => {
    await importAll(owner, 'who;mail\nAnna Maria KOWALSKA;SPLIT@example.org\n', {
      mapping: [
        { column: 1, field: 'email', transforms: ['lower'] },
        { column: 0, field: 'first_name', transforms: ['split_name'] },
        { column: 0, field: 'last_name', transforms: ['split_name', { replace: ['KOWALSKA', 'Kowalska'] }] },
        { constant: 'Acme', field: 'company' },
      ],
    })
    expect(await contact('split@example.org')).toMatchObject({
      email: 'split@example.org',
      first_name: 'Anna Maria',
      last_name: 'Kowalska',
      company: 'Acme',
    })
  })

  test('a file above the limit of the account is refused and not kept', async () => {
    const files = storedFiles()
    const set = (key: string, value: number) =>
      inAccount(app.db, app.otherAccountId, (trx) => setEntitlement(trx, app.otherAccountId, key, value))
    await set('limit.import_mb', 1)
    const large = await upload(other, `email\n${'x'.repeat(1_100_000)}`)
    expect(large).toMatchObject({ status: 413, body: { code: 'file_too_large' } })
    await set('limit.import_rows', 2)
    const long = await upload(other, 'email\na@x.org\nb@x.org\nc@x.org\n')
    expect(long).toMatchObject({ status: 422, body: { code: 'too_many_rows' } })
    expect(storedFiles()).toEqual(files)
  })

  test('rows beyond the contact limit are rejected, the others stay', async () => {
    await inAccount(app.db, app.otherAccountId, (trx) =>
      setEntitlement(trx, app.otherAccountId, 'limit.contacts', 1),
    )
    const ended = await importAll(other, 'email\na@x.org\nb@x.org\n')
    expect(ended.counts).toMatchObject({ inserted: 1, rejected: 1, by_code: { limit_reached: 1 } })
  })
})

describe('reach', () => {
  test('an import cannot be changed or started twice, nor canceled after its end', async () => {
    const made = await upload(owner, 'email\nonce@example.org\n')
    expect((await owner.post(`/imports/${made.body.id}/cancel`)).body.code).toBe('operation_finished')
    const started = await owner.post(`/imports/${made.body.id}/start`)
    expect(started.status).toBe(202)
    expect(started.headers['location']).toBe(`/api/v1/operations/${started.body.operation_id}`)
    expect((await owner.post(`/imports/${made.body.id}/start`)).body).toMatchObject({
      status: 409,
      code: 'operation_finished',
    })
    expect((await owner.patch(`/imports/${made.body.id}`, { settings: {} })).status).toBe(409)
    await untilEnded(owner, made.body.id)
    for (const act of ['pause', 'resume', 'cancel'])
      expect((await owner.post(`/imports/${made.body.id}/${act}`)).body.code).toBe('operation_finished')
  })

  test('nobody and no other account reaches an import', async () => {
    const { id } = (await upload(owner, 'email\nreach@example.org\n')).body
    for (const path of [
      `/imports/${id}`,
      `/imports/${id}/analysis`,
      `/imports/${id}/rows`,
      `/imports/${id}/report.csv`,
    ]) {
      expect((await other.get(path)).status, path).toBe(404)
      expect((await nobody.get(path)).status, path).toBe(401)
    }
    for (const act of ['start', 'pause', 'resume', 'cancel', 'analysis'])
      expect((await other.post(`/imports/${id}/${act}`)).status, act).toBe(404)
    expect((await other.patch(`/imports/${id}`, {})).status).toBe(404)
    expect((await upload(nobody, 'email\nx@example.org\n')).status).toBe(401)
  })
})
