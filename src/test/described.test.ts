import { expect, test } from 'vitest'
import { getHealth } from '../accounts/contract.ts'
import type { Served } from '../http/server.ts'
import { listOperations } from '../operations/contract.ts'
import { checkDescribed } from './described.ts'

const served: readonly Served[] = [getHealth, listOperations].map((contract) => ({
  method: contract.method,
  url: contract.path,
  pattern: new RegExp(`^${contract.path}$`),
  contract,
}))
const answered = (url: string, status: number, body: unknown) => () =>
  checkDescribed(served, { method: 'GET', url, status, body })
const problem = { type: 'urn:x', title: 'x', status: 404, detail: 'x', code: 'not_found' }

test.each([
  ['as described', '/health', 200, { status: 'ok' }],
  ['a problem', '/health', 503, problem],
  ['an empty page', '/operations?limit=1', 200, { data: [], next_cursor: null, has_more: false }],
  ['of a route without contract', '/elsewhere', 200, 'anything'],
])('an answer that is %s passes', (_case, url, status, body) => {
  expect(answered(url, status, body)).not.toThrow()
})

test.each([
  ['of an undeclared status', '/health', 201, { status: 'ok' }],
  ['with a word not in the list', '/health', 200, { status: 'fine' }],
  ['with a field too many', '/health', 200, { status: 'ok', version: 1 }],
  ['with a field missing', '/operations', 200, { data: [], has_more: false }],
  ['no problem', '/operations', 422, { message: 'no' }],
])('an answer %s is a fault', (_case, url, status, body) => {
  expect(answered(url, status, body)).toThrow()
})
