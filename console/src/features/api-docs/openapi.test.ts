import { expect, test } from 'vitest'
import { addressFor } from './attempt.ts'
import { curlOf } from './curl.ts'
import { exampleOf } from './example.ts'
import { isFound, makeResolve, type OpenApi, readOperations, withoutNull } from './openapi.ts'

const document: OpenApi = {
  info: { description: '' },
  tags: [{ name: 'Groups' }],
  paths: {
    '/groups/{id}': {
      patch: {
        operationId: 'changeGroup',
        tags: ['Groups'],
        summary: "Rename somebody's group",
        description:
          'Needs the permission `groups.edit`. Needs a fresh confirmation. Own problems: `name_taken`.',
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
          { name: 'dry', in: 'query', schema: { type: 'boolean' } },
          { $ref: '#/components/parameters/Mark' },
        ],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Group' } } } },
        responses: {
          200: { description: 'Done', content: { 'application/json': { schema: {} } } },
          '4XX': { $ref: '#/components/responses/Problem' },
        },
        'x-access': 'groups.edit',
        'x-problems': ['name_taken'],
      },
    },
  },
  components: {
    parameters: { Mark: { name: 'X-Mark', in: 'header', required: true, schema: { type: 'string' } } },
    schemas: {
      Group: {
        type: 'object',
        required: ['name', 'parent'],
        properties: {
          name: { type: 'string' },
          note: { type: 'string' },
          parent: { anyOf: [{ $ref: '#/components/schemas/Group' }, { type: 'null' }] },
        },
      },
    },
  },
}
const [operation] = readOperations(document)
if (operation === undefined) throw new Error('no operation was read')
const resolve = makeResolve(document)

test('an operation is read with its references, its good answers and its notes', () => {
  expect(operation).toMatchObject({
    id: 'changeGroup',
    method: 'PATCH',
    notes: 'Needs a fresh confirmation.',
    problems: ['name_taken'],
  })
  expect(operation.parameters.map(({ name }) => name)).toEqual(['id', 'dry', 'X-Mark'])
  expect(operation.replies.map(({ status }) => status)).toEqual(['200'])
})

test('a shape that holds itself gives an example of finite depth', () => {
  const example = JSON.stringify(exampleOf({ $ref: '#/components/schemas/Group' }, resolve))
  expect(example.startsWith('{"name":"name","parent":{"name":"name"')).toBe(true)
  expect(example).not.toContain('note')
})

test('the curl sample names address, cookie, marks and a body that a shell takes as it is', () => {
  const quoted = { ...operation, body: { type: 'application/json', schema: { const: "it's" } } }
  expect(curlOf(quoted, resolve, 'http://x')).toBe(
    [
      "curl -X PATCH 'http://x/api/v1/groups/0198c7f0-1111-7aaa-8bbb-000000000001'",
      '-b cookies.txt',
      "-H 'Origin: http://x'",
      "-H 'X-Campanile-Request: 1'",
      "-H 'Content-Type: application/json'",
      "-d '\"it'\\''s\"'",
    ].join(' \\\n  '),
  )
})

test('an attempt escapes what was typed and leaves empty fields out', () => {
  expect(addressFor(operation, { 'path.id': 'a/b?c', 'query.dry': '' })).toBe('/api/v1/groups/a%2Fb%3Fc')
  expect(addressFor(operation, { 'path.id': '1', 'query.dry': 'a&b' })).toBe('/api/v1/groups/1?dry=a%26b')
})

test.each([
  ['patch groups', true],
  ['EDIT', true],
  ['rename group', true],
  ['rename campaign', false],
])('a search for "%s" finds the operation: %s', (query, found) => {
  expect(isFound(operation, query)).toBe(found)
})

test('a choice with null is the other one, which may be missing', () => {
  expect(withoutNull({ anyOf: [{ type: 'string' }, { type: 'null' }] })).toEqual({
    schema: { type: 'string' },
    nullable: true,
  })
  expect(withoutNull({ type: 'string' }).nullable).toBe(false)
})
