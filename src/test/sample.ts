type Schema = {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly format?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly minLength?: number
  readonly minItems?: number
}

const texts = ['x', 'xx', 'xxx', 'someone@example.com', 'PL', 'PLN', 'en', '2030-01-01T00:00:00.000Z']

const textFor = (schema: Schema): string => {
  if (schema.format === 'uuid') return '0190a000-0000-7000-8000-0000000000aa'
  if (schema.format === 'date-time') return '2030-01-01T00:00:00.000Z'
  const fits = (text: string): boolean =>
    text.length >= (schema.minLength ?? 0) && (!schema.pattern || new RegExp(schema.pattern, 'u').test(text))
  return texts.find(fits) ?? 'x'.repeat(schema.minLength ?? 1)
}

/** The smallest value a schema lets pass: required members alone. */
export const sampleOf = (given: unknown): unknown => {
  const schema = given as Schema
  if (schema.enum) return schema.enum[0]
  if (schema.const !== undefined) return schema.const
  if (schema.anyOf) return sampleOf(schema.anyOf[0])
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, sampleOf(schema.properties?.[name])]),
      )
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items))
    case 'string':
      return textFor(schema)
    case 'integer':
    case 'number':
      return schema.minimum ?? 0
    case 'boolean':
      return false
    default:
      return null
  }
}
