import { describe, expect, test } from 'vitest'
import { setEntitlement } from '../../accounts/index.ts'
import { inAccount } from '../../db/pool.ts'
import { startTestApp } from '../../test/app.ts'

const app = await startTestApp({ jobs: true })
const { owner, other, nobody } = app

const add = async (body: object) => {
  const made = await owner.post('/fields', body)
  expect(made.status, made.raw).toBe(201)
  return made.body
}

describe('additional fields', () => {
  test('a field is made, listed in its order, changed and archived', async () => {
    const made = await owner.post('/fields', {
      name: 'City',
      type: 'text',
      label: { pl: 'Miasto', en: 'City' },
      default: 'there',
    })
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'City', type: 'text', default: 'there', position: 0, version: 1 },
    })
    expect(made.headers['location']).toBe('/api/v1/fields/City')
    await add({ name: 'points', type: 'number' })
    await owner.patch('/fields/points', { position: 0 })
    await owner.patch('/fields/city', { position: 5 }, { 'if-match': '"1"' })
    expect((await owner.patch('/fields/city', {}, { 'if-match': '"1"' })).status).toBe(412)
    expect((await owner.get('/fields')).body.data.map((field: { name: string }) => field.name)).toEqual([
      'points',
      'City',
    ])
    await owner.patch('/fields/City', { archived: true })
    expect((await owner.get('/fields?archived=false')).body.data).toHaveLength(1)
    expect((await owner.patch('/fields/City', { archived: false })).body.archived_at).toBeNull()
  })

  test.each([
    [{ name: 'Email', type: 'text' }, 422, 'name_reserved'],
    [{ name: 'created_AT', type: 'date' }, 422, 'name_reserved'],
    [{ name: 'toString', type: 'text' }, 422, 'name_reserved'],
    [{ name: 'constructor', type: 'text' }, 422, 'name_reserved'],
    [{ name: 'CITY', type: 'text' }, 409, 'name_taken'],
    [{ name: '1st', type: 'text' }, 422, 'validation_failed'],
    [{ name: 'x'.repeat(51), type: 'text' }, 422, 'validation_failed'],
    [{ name: 'a-b', type: 'text' }, 422, 'validation_failed'],
    [{ name: 'ok', type: 'url' }, 422, 'validation_failed'],
    [{ name: 'ok', type: 'number', default: 'x' }, 422, 'validation_failed'],
    [{ name: 'ok', type: 'number', multi_line: true }, 422, 'validation_failed'],
    [{ name: 'ok', type: 'text', label: { fr: 'X' } }, 422, 'validation_failed'],
    [{ type: 'text' }, 422, 'validation_failed'],
  ])('%j is refused', async (body, status, code) => {
    expect((await owner.post('/fields', body)).body).toMatchObject({ status, code })
  })

  test('name and type stay what they are', async () => {
    await add({ name: 'fixed', type: 'date' })
    expect((await owner.patch('/fields/fixed', { type: 'text' })).body).toMatchObject({
      status: 422,
      code: 'immutable',
    })
    expect((await owner.patch('/fields/fixed', { name: 'other' })).body).toMatchObject({
      status: 422,
      code: 'immutable',
    })
    expect((await owner.patch('/fields/fixed', { type: 'date', name: 'fixed' })).status).toBe(200)
  })

  test('the limit of the account holds, also for several at once', async () => {
    await inAccount(app.db, app.otherAccountId, (trx) =>
      setEntitlement(trx, app.otherAccountId, 'limit.fields', 2),
    )
    const made = await Promise.all(
      ['a', 'b', 'c'].map((name) => other.post('/fields', { name, type: 'text' })),
    )
    expect(made.map((answer) => answer.status).sort()).toEqual([201, 201, 403])
    expect(made.find((answer) => answer.status === 403)?.body).toMatchObject({
      code: 'limit_reached',
      limit_key: 'limit.fields',
    })
  })

  test('of two fields of one name at once one is made', async () => {
    const made = await Promise.all(
      ['Race', 'race'].map((name) => owner.post('/fields', { name, type: 'text' })),
    )
    expect(made.map((answer) => answer.status).sort()).toEqual([201, 409])
  })

  test('an unknown or foreign field is 404, nobody gets in', async () => {
    for (const path of ['/fields/nothing', '/fields/nothing/usage']) {
      expect((await owner.get(path)).status).toBe(404)
      expect((await nobody.get(path)).status).toBe(401)
    }
    expect((await other.get('/fields/City')).status).toBe(404)
    expect((await other.del('/fields/City')).status).toBe(404)
    expect((await owner.get(`/fields/${'x'.repeat(60)}`)).status).toBe(422)
  })
})

describe('values', () => {
  test.each([
    ['text', 'Łódź', 'Łódź'],
    ['text', '', undefined],
    ['text', 'x'.repeat(500), 'x'.repeat(500)],
    ['text', '😀'.repeat(500), '😀'.repeat(500)],
    ['number', 120.5, 120.5],
    ['number', -0.0001, -0.0001],
    ['number', 99_999_999_999_999, 99_999_999_999_999],
    ['date', '2024-02-29', '2024-02-29'],
    ['boolean', false, false],
    ['boolean', null, undefined],
  ])('%s %j is kept as %j', async (type, value, kept) => {
    const name = `v_${type}`
    await owner.post('/fields', { name, type })
    const made = await owner.post('/contacts', {
      external_id: `${type}-${JSON.stringify(value)}`.slice(0, 100),
      fields: { [name]: value },
    })
    expect(made.status, made.raw).toBe(201)
    expect(made.body.fields[name]).toEqual(kept)
  })

  test.each([
    ['v_text', 5, 'wrong_type'],
    ['v_text', 'x'.repeat(501), 'too_long'],
    ['v_text', 'two\nlines', 'pattern'],
    ['v_number', '5', 'wrong_type'],
    ['v_number', 1e14, 'out_of_range'],
    ['v_number', 1.23456, 'out_of_range'],
    ['v_number', 1e308, 'out_of_range'],
    ['v_date', '2023-02-29', 'out_of_range'],
    ['v_date', '29.02.2024', 'pattern'],
    ['v_date', 20240229, 'wrong_type'],
    ['v_boolean', 'true', 'wrong_type'],
    ['v_boolean', { a: 1 }, 'wrong_type'],
  ])('%s refuses %j as %s', async (name, value, code) => {
    const refused = await owner.post('/contacts', { external_id: 'refused', fields: { [name]: value } })
    expect(refused.body, refused.raw).toMatchObject({ status: 422, code: 'validation_failed' })
    expect(refused.body.errors[0]).toMatchObject({ code })
  })

  test('fields merge key by key, null clears one', async () => {
    await add({ name: 'long', type: 'text', multi_line: true })
    const { body } = await owner.post('/contacts', {
      external_id: 'merge',
      fields: { v_text: 'a', v_number: 1, long: 'two\nlines' },
    })
    const changed = await owner.patch(`/contacts/${body.id}`, { fields: { v_number: null, v_boolean: true } })
    expect(changed.body.fields).toEqual({ v_text: 'a', long: 'two\nlines', v_boolean: true })
    const history = (await owner.get(`/contacts/${body.id}/changes`)).body.data
    expect(history.map((entry: { field: string }) => entry.field).sort()).toEqual([
      'fields.v_boolean',
      'fields.v_number',
    ])
  })

  test('a deleted field takes its values along', async () => {
    await add({ name: 'leaving', type: 'text' })
    const { body } = await owner.post('/contacts', { external_id: 'leaver', fields: { leaving: 'x' } })
    expect((await owner.get('/fields/leaving/usage')).body).toMatchObject({ filled: 1, used_in: [] })
    expect((await owner.del('/fields/leaving')).status).toBe(204)
    expect((await owner.get('/fields/leaving')).status).toBe(404)
    await add({ name: 'leaving', type: 'number' })
    expect((await owner.get(`/contacts/${body.id}`)).body.fields).toEqual({})
  })
})
