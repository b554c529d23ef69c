import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../test/app.ts'
import { loadContracts } from './contracts.ts'
import { writeOpenApi } from './generate.ts'

const contracts = await loadContracts()
const text = writeOpenApi(contracts)
const document = JSON.parse(text)
type Operation = {
  operationId: string
  parameters?: { name?: string; in?: string }[]
  responses: Record<string, unknown>
}
const operations = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
  ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

describe('the description of the API', () => {
  test('that is checked in equals what the contracts say (script/openapi.ts writes it)', async () => {
    const checkedIn = await readFile(new URL('../../docs/api/openapi.json', import.meta.url), 'utf8')
    expect(checkedIn === text, 'run: node script/openapi.ts').toBe(true)
  })

  test('has one operation per route, each with an own name', () => {
    expect(operations).toHaveLength(contracts.routes.length)
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length)
  })

  test('declares exactly the parameters that stand in a path', () => {
    for (const { path, operation } of operations) {
      const declared = (operation.parameters ?? []).filter((one) => one.in === 'path').map((one) => one.name)
      expect({ path, declared }).toEqual({
        path,
        declared: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
      })
    }
  })

  test('has no reference that leads nowhere', () => {
    const references = [...text.matchAll(/"\$ref": "#\/([^"]+)"/g)].map(([, path]) => path ?? '')
    expect(references.length).toBeGreaterThan(100)
    for (const path of new Set(references)) {
      const found = path.split('/').reduce((at, key) => at?.[key], document)
      expect(found, path).toBeTypeOf('object')
    }
  })

  test('tells every problem in the one form', () => {
    for (const { operation } of operations) {
      expect(operation.responses['4XX']).toEqual({ $ref: '#/components/responses/Problem' })
    }
    expect(text.match(/application\/problem\+json/g)).toHaveLength(1)
  })

  test('is given to people who are signed in and to nobody else', async () => {
    const app = await startTestApp()
    expect((await app.nobody.get('/openapi.json')).status).toBe(401)
    const { status, headers, body } = await app.owner.get('/openapi.json')
    expect([status, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8'])
    expect(body).toEqual(document)
    expect((await app.staff.get('/openapi.json')).status).toBe(200)
  })
})
