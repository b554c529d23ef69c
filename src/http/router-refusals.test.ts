import { expect, test } from 'vitest'
import { startTestApp } from '../test/app.ts'

const { owner } = await startTestApp()

test.each([
  ['a broken escape', '/api/v1/contacts/%zz', 400, 'bad_request'],
  ['bytes that are no UTF-8', '/api/v1/contacts/by/email/%c0%ae', 400, 'bad_request'],
  ['an endless parameter', `/api/v1/contacts/by/email/${'x'.repeat(9_000)}`, 400, 'bad_request'],
])('%s in the address answers in the one error form', async (_, url, status, code) => {
  const refused = await owner.send({ method: 'DELETE', url })
  expect(refused.body).toMatchObject({ status, code, type: `urn:campanile:problem:${code}` })
  expect(refused.status).toBe(status)
  expect(refused.headers['content-type']).toContain('application/problem+json')
  expect(refused.headers['x-content-type-options']).toBe('nosniff')
})
