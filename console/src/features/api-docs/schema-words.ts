import type { Texts } from '../../i18n/message.ts'
import { type Resolve, type Schema, withoutNull } from './openapi.ts'

const both = (min: number | undefined, max: number | undefined) =>
  min !== undefined && min > 0 && max !== undefined

/** "1–100 characters": what a value must keep to. */
export const limitWords = (schema: Schema, { t }: Texts): string[] => {
  const { minLength, maxLength, minimum, maximum, minItems, maxItems, pattern } = schema
  const words: string[] = []
  if (both(minLength, maxLength)) words.push(t('api-docs.limit-length', { min: minLength, max: maxLength }))
  else if (maxLength !== undefined) words.push(t('api-docs.limit-length-max', { max: maxLength }))
  else if (minLength !== undefined && minLength > 0)
    words.push(t('api-docs.limit-length-min', { min: minLength }))
  if (minimum !== undefined && maximum !== undefined)
    words.push(t('api-docs.limit-range', { min: minimum, max: maximum }))
  else if (minimum !== undefined) words.push(t('api-docs.limit-min', { min: minimum }))
  else if (maximum !== undefined) words.push(t('api-docs.limit-max', { max: maximum }))
  if (both(minItems, maxItems)) words.push(t('api-docs.limit-items', { min: minItems, max: maxItems }))
  else if (maxItems !== undefined) words.push(t('api-docs.limit-items-max', { max: maxItems }))
  else if (minItems !== undefined && minItems > 0)
    words.push(t('api-docs.limit-items-min', { min: minItems }))
  if (pattern !== undefined) words.push(t('api-docs.limit-pattern', { pattern }))
  if (schema.default !== undefined)
    words.push(t('api-docs.default', { value: JSON.stringify(schema.default) }))
  return words
}

/** The type of what lies in a map, if the schema is one. */
export const mapValue = (schema: Schema): Schema | null => {
  const [pattern] = Object.values(schema.patternProperties ?? {})
  if (pattern !== undefined) return pattern
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : null
}

/** "list of Contact or null": a type in one line. */
export const typeWords = (given: Schema, resolve: Resolve, texts: Texts): string => {
  const { schema: open, nullable } = withoutNull(given)
  const { schema, name } = resolve(open)
  const inner = withoutNull(schema)
  const words = plainType(inner.schema, name, resolve, texts)
  return nullable || inner.nullable ? `${words} ${texts.t('api-docs.or-null')}` : words
}

const plainType = (schema: Schema, name: string | null, resolve: Resolve, texts: Texts): string => {
  const { t } = texts
  if (schema.anyOf !== undefined)
    return schema.anyOf.map((choice) => typeWords(choice, resolve, texts)).join(' | ')
  if (schema.type === 'array')
    return t('api-docs.list-of', {
      type: schema.items === undefined ? t('api-docs.any-value') : typeWords(schema.items, resolve, texts),
    })
  const map = mapValue(schema)
  if (map !== null && schema.properties === undefined)
    return t('api-docs.map-of', { type: typeWords(map, resolve, texts) })
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (name !== null && schema.enum === undefined) return name
  if (schema.type === undefined) return t('api-docs.any-value')
  return schema.format === undefined ? schema.type : `${schema.type}, ${schema.format}`
}
