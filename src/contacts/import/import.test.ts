import { readdirSync } from 'node:fs'
import iconv from 'iconv-lite'
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

describe('analysis', () => {
  test('columns, samples, bindings and rows are told, and the import waits for its start', async () => {
    const made = await upload(owner, 'Mail,Vorname,Farbe\na1@example.org,Anna,rot\nb1@example.org,Bob,\n')
    expect(made.status, made.raw).toBe(201)
    expect(made.headers['location']).toBe(`/api/v1/imports/${made.body.id}`)
    expect(made.body).toMatchObject({
      state: 'analysed',
      file_name: 'people.csv',
      analysis: {
        format: { encoding: 'utf-8', separator: ',', header: true },
        rows: 2,
        rows_exact: true,
        columns: [
          { index: 0, name: 'Mail', field: 'email', samples: ['a1@example.org', 'b1@example.org'] },
          { index: 1, name: 'Vorname', field: 'first_name', samples: ['Anna', 'Bob'] },
          { index: 2, name: 'Farbe', field: null, samples: ['rot'] },
        ],
        sample_rows: [
          ['a1@example.org', 'Anna', 'rot'],
          ['b1@example.org', 'Bob', ''],
        ],
      },
    })
    const again = await owner.post(`/imports/${made.body.id}/analysis`, { format: { separator: ';' } })
    expect(again.body.columns).toHaveLength(1)
    const patched = await owner.patch(`/imports/${made.body.id}`, {
      format: { separator: ',' },
      mapping: [{ column: 0, field: 'email' }],
      settings: { rows: 'only_new' },
    })
    expect(patched.body).toMatchObject({
      settings: { rows: 'only_new', blank: 'keep' },
      mapping: [{ column: 0 }],
    })
    expect((await contact('a1@example.org')).code).toBe('not_found')
  })

  test.each([
    ['windows-1250', ';', 'E-mail;Nazwisko\nx@example.org;Zażółć gęślą\ny@example.org;ąęł\n'],
    ['iso-8859-2', ';', 'E-mail;Nazwisko\nx@example.org;Zażółć gęślą jaźń\ny@example.org;Śąź\n'],
    [
      'windows-1252',
      ',',
      'E-Mail,Nachname\nx@example.org,Müller-Straße\ny@example.org,Crème brûlée à la carte\n',
    ],
    ['utf-8', '\t', 'email\tname\nx@example.org\tZażółć\ny@example.org\tŁódź\n'],
    ['utf-8', '|', 'email|city\nx@example.org|Kraków\n'],
    ['utf-16le', ';', '\uFEFFemail;name\nx@example.org;Zażółć\n'],
    ['utf-16be', ';', '\uFEFFemail;name\nx@example.org;Zażółć\n'],
    ['utf-8', ';', '\uFEFFemail;name\nx@example.org;Zażółć\n'],
  ])('%s with %j is read right without setting anything', async (encoding, separator, text) => {
    const made = await upload(owner, iconv.encode(text, encoding))
    expect(made.body.analysis.format).toMatchObject({ encoding, separator, header: true })
    const [, ...rows] = text.replace('\uFEFF', '').trim().split('\n')
    expect(made.body.analysis.sample_rows).toEqual(rows.map((row) => row.split(separator)))
  })

  test('a file without heading is known by its contents', async () => {
    const made = await upload(owner, 'a2@example.org;Anna\nb2@example.org;Bob\n')
    expect(made.body.analysis).toMatchObject({
      format: { header: false },
      rows: 2,
      columns: [
        { name: '1', field: 'email' },
        { name: '2', field: null },
      ],
    })
  })

  test.each([
    ['an empty file', '', 'import_empty'],
    ['a heading alone', 'email;name\n', 'import_empty'],
    ['blank lines', '\n\n\r\n', 'import_empty'],
    ['a picture named .csv', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'import_unreadable'],
    [
      'a spreadsheet',
      Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(500)]),
      'import_unreadable',
    ],
    [
      'noise',
      Buffer.from(Array.from({ length: 4_000 }, (_, index) => (index * 37) % 32)),
      'import_unreadable',
    ],
  ])('%s is refused, and neither row nor file stays', async (_, content, code) => {
    const before = await owner.get('/imports?limit=1000')
    const files = storedFiles()
    const refused = await upload(owner, content)
    expect(refused).toMatchObject({ status: 422, body: { code } })
    expect((await owner.get('/imports?limit=1000')).body).toEqual(before.body)
    expect(storedFiles()).toEqual(files)
  })
})

describe('what cannot be imported row by row', () => {
  test('a quoted CRLF and TAB become one space; NUL, broken bytes and open quotes reject their row only', async () => {
    const lines = Array.from({ length: 99 }, (_, index) => `row${index + 2}@example.org;Name`)
    lines[0] = 'row2@example.org;"two\r\n\tlines"'
    lines[3] = '"row6@example.org;open'
    lines[4] = 'row7@example.org;a\u0000b'
    const bytes = Buffer.concat([
      Buffer.from(`email;last_name\n${lines.join('\n')}\n`),
      Buffer.from('good@example.org;ąęł\nbad@example.org;'),
      Buffer.from([0xff, 0xfe, 0x0a]),
    ])
    const ended = await importAll(owner, bytes)
    expect(ended.counts).toMatchObject({
      rows: 101,
      inserted: 98,
      rejected: 3,
      by_code: { unbalanced_quote: 1, control_character: 1, encoding: 1 },
    })
    const rejected = ended.rows.filter((row: { result: string }) => row.result === 'rejected')
    expect(rejected.map((row: { line: number; code: string }) => [row.line, row.code])).toEqual([
      [6, 'unbalanced_quote'],
      [7, 'control_character'],
      [103, 'encoding'],
    ])
    expect((await contact('row2@example.org')).last_name).toBe('two lines')
  })

  test('each row is told apart, the rest is imported, and the corrected reject file brings exactly the others', async () => {
    await owner.post('/fields', { name: 'birthday', type: 'date' })
    await owner.post('/fields', { name: 'vip', type: 'boolean' })
    const text = [
      'email;phone;birthday;vip;country',
      'ok@example.org;;24.12.1990;tak;PL',
      'not-a-mail;;;;',
      'p@example.org;12;;;',
      'd@example.org;;30.02.1990;;',
      'v@example.org;;;perhaps;',
      'c@example.org;;;;Poland',
      ';;;;',
      'w@example.org;;;;;too;wide',
      '=HYPERLINK("http://x")@example.org;;;;',
    ].join('\n')
    const ended = await importAll(owner, text)
    expect(
      ended.rows.map((row: { line: number; result: string; code: string; field: string }) => [
        row.line,
        row.code,
        row.field,
      ]),
    ).toEqual([
      [2, null, null],
      [3, 'email_invalid', 'email'],
      [4, 'phone_invalid', 'phone'],
      [5, 'value_type', 'fields.birthday'],
      [6, 'value_type', 'fields.vip'],
      [7, 'value_not_in_list', 'country'],
      [8, 'key_required', null],
      [9, 'row_too_wide', null],
      [10, 'email_invalid', 'email'],
    ])
    expect((await contact('ok@example.org')).fields).toEqual({ birthday: '1990-12-24', vip: true })

    const report = await owner.get(`/imports/${ended.id}/report.csv?result=rejected`)
    expect(report.headers['content-type']).toContain('text/csv')
    expect(report.headers['content-disposition']).toContain('attachment')
    const reportLines = report.raw.replace('\uFEFF', '').trim().split('\r\n')
    expect(reportLines[0]).toBe('email;phone;birthday;vip;country;import_line;import_code;import_field')
    expect(reportLines[1]).toBe('not-a-mail;;;;;3;email_invalid;email')
    expect(reportLines.at(-1)?.startsWith(`"'=HYPERLINK(""http://x"")@example.org"`)).toBe(true)

    const corrected = report.raw
      .replace('not-a-mail', 'corrected@example.org')
      .replace('p@example.org;12;', 'p@example.org;+48600700999;')
      .replace('30.02.1990', '28.02.1990')
    const second = await importAll(owner, corrected, { settings: { rows: 'only_new' } })
    expect(second.counts).toMatchObject({ inserted: 3, rejected: 5 })
    const full = await owner.get(`/imports/${second.id}/report.csv`)
    expect(full.raw.trim().split('\r\n')).toHaveLength(9)
  })

  test('a cell that looks like a formula is stored as text', async () => {
    await importAll(owner, 'email;company\nformula@example.org;=1+1\n')
    expect((await contact('formula@example.org')).company).toBe('=1+1')
  })

  test.each([
    ['last', ['skipped', 'inserted'], 'Second'],
    ['first', ['inserted', 'skipped'], 'First'],
    ['reject', ['inserted', 'rejected'], 'First'],
  ])('the same person twice in the file: %s', async (duplicates, results, name) => {
    const ended = await importAll(
      owner,
      `email;first_name\nTwice-${duplicates}@example.org;First\ntwice-${duplicates}@EXAMPLE.org;Second\n`,
      { settings: { duplicates } },
    )
    expect(ended.rows.map((row: { result: string }) => row.result)).toEqual(results)
    expect(ended.counts.by_code).toEqual({ duplicate_in_file: 1 })
    expect((await contact(`twice-${duplicates}@example.org`)).first_name).toBe(name)
  })
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
