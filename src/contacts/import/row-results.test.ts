import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../test/app.ts'
import { importAll } from './test/import-file.ts'

const { owner } = await startTestApp({ jobs: true })

const contact = async (email: string) =>
  (await owner.get(`/contacts/by/email/${encodeURIComponent(email)}`)).body

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
