import { readdirSync } from 'node:fs'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../test/app.ts'
import { upload } from './test/import-file.ts'

const app = await startTestApp()
const { owner } = app

const contact = async (email: string) =>
  (await owner.get(`/contacts/by/email/${encodeURIComponent(email)}`)).body
const storedFiles = () =>
  readdirSync(app.deps.config.dataDir, { recursive: true }).filter((name) =>
    String(name).includes('imports/'),
  )

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
