import { type FieldError, invalid } from './errors.ts'

type JsonSchema = {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>
  readonly enum?: readonly unknown[]
  /**
   * Text that is kept as typed: passwords, HTML, sources (security.md §4.2; account.md §1 text limits). `unchecked`:
   * a strict parser of its own judges every sign of it.
   */
  readonly 'x-raw'?: boolean | 'unchecked'
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const controlCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/
const nul = '\u0000'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const branchFor = (schema: JsonSchema, value: unknown): JsonSchema => {
  if (!schema.anyOf) return schema
  const kind = Array.isArray(value) ? 'array' : typeof value
  return schema.anyOf.find((branch) => branch.type === kind) ?? schema
}

/** NFC, outer white space trimmed, control characters refused; the value is changed in place where it is a container. */
export const normaliseText = (schema: unknown, value: unknown): unknown => {
  const errors: FieldError[] = []
  const result = walk((schema ?? {}) as JsonSchema, value, '', errors)
  if (errors.length > 0) throw invalid(...errors)
  return result
}

const walk = (given: JsonSchema, value: unknown, pointer: string, errors: FieldError[]): unknown => {
  const schema = branchFor(given, value)
  if (typeof value === 'string') {
    if (schema['x-raw'] === 'unchecked') return value
    // Half a surrogate pair is no text: PostgreSQL refuses it inside jsonb.
    const refused =
      !value.isWellFormed() || (schema['x-raw'] ? value.includes(nul) : controlCharacter.test(value))
    if (refused) errors.push({ pointer, code: 'pattern', detail: 'control characters are not allowed' })
    return schema['x-raw'] ? value : value.normalize('NFC').trim()
  }
  if (Array.isArray(value))
    return value.map((entry, index) => walk(schema.items ?? {}, entry, `${pointer}/${index}`, errors))
  if (!isRecord(value)) return value
  const further = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined
  const patterned = Object.values(schema.patternProperties ?? {})[0]
  for (const [key, entry] of Object.entries(value)) {
    if (key.includes(nul) || !key.isWellFormed())
      errors.push({ pointer, code: 'pattern', detail: 'control characters are not allowed' })
    value[key] = walk(
      schema.properties?.[key] ?? further ?? patterned ?? {},
      entry,
      `${pointer}/${key}`,
      errors,
    )
  }
  return value
}

const fromText = (schema: JsonSchema, text: string, pointer: string, errors: FieldError[]): unknown => {
  const wrong = (expected: string): undefined => {
    errors.push({ pointer, code: 'wrong_type', detail: `must be ${expected}` })
    return undefined
  }
  if (schema.type === 'integer' || schema.type === 'number') {
    return /^-?(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : wrong('a decimal integer')
  }
  if (schema.type === 'boolean')
    return text === 'true' ? true : text === 'false' ? false : wrong('true or false')
  if (schema.type === 'array') {
    return text
      .split(',')
      .map((part, index) => fromText(schema.items ?? {}, part, `${pointer}/${index}`, errors))
  }
  return text
}

/** Query and path values come as text and are parsed from canonical spelling only (security.md §4.3, last row). */
export const parseTextValues = (
  schema: unknown,
  values: Record<string, unknown>,
): Record<string, unknown> => {
  const errors: FieldError[] = []
  const properties = ((schema ?? {}) as JsonSchema).properties ?? {}
  const parsed = Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value !== 'string') return [name, value]
      if (controlCharacter.test(value))
        errors.push({ pointer: `/${name}`, code: 'pattern', detail: 'control characters are not allowed' })
      return [name, fromText(properties[name] ?? {}, value, `/${name}`, errors)]
    }),
  )
  if (errors.length > 0) throw invalid(...errors)
  return parsed
}
