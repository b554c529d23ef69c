import { type Resolve, type Schema, withoutNull } from './openapi.ts'

const byFormat: Readonly<Record<string, string>> = {
  uuid: '0198c7f0-1111-7aaa-8bbb-000000000001',
  'date-time': '2030-01-31T12:00:00.000Z',
  date: '2030-01-31',
  email: 'ada@example.com',
}
const depthMax = 6

const textFor = (name: string, schema: Schema): string =>
  byFormat[schema.format ?? ''] ?? (name.includes('email') ? 'ada@example.com' : name === '' ? 'text' : name)

/** A small valid-looking value: what must be there, or the first two members where nothing must. */
export const exampleOf = (given: Schema, resolve: Resolve, name = '', depth = 0): unknown => {
  const { schema } = resolve(withoutNull(given).schema)
  const next = (inner: Schema, innerName = name) => exampleOf(inner, resolve, innerName, depth + 1)
  if (schema.default !== undefined) return schema.default
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  if (depth > depthMax) return null
  const [choice] = schema.anyOf ?? []
  if (choice !== undefined) return next(choice)
  switch (schema.type) {
    case 'object': {
      const properties = Object.entries(schema.properties ?? {})
      const must = properties.filter(([key]) => schema.required?.includes(key))
      const shown = must.length > 0 ? must : properties.slice(0, 2)
      return Object.fromEntries(shown.map(([key, value]) => [key, next(value, key)]))
    }
    case 'array':
      return schema.items === undefined ? [] : [next(schema.items)]
    case 'integer':
    case 'number':
      return schema.minimum ?? 1
    case 'boolean':
      return true
    case 'string':
      return textFor(name, schema)
    default:
      return null
  }
}
