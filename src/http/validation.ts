import type { FastifySchemaValidationError } from 'fastify'
import { type AppError, type FieldError, invalid } from './errors.ts'

const codes: Readonly<Record<string, string>> = {
  additionalProperties: 'unknown_field',
  unevaluatedProperties: 'unknown_field',
  type: 'wrong_type',
  required: 'required',
  minLength: 'too_short',
  minItems: 'too_short',
  minProperties: 'too_short',
  maxLength: 'too_long',
  maxItems: 'too_long',
  maxProperties: 'too_long',
  uniqueItems: 'not_in_list',
  minimum: 'out_of_range',
  maximum: 'out_of_range',
  exclusiveMinimum: 'out_of_range',
  exclusiveMaximum: 'out_of_range',
  pattern: 'pattern',
  format: 'pattern',
  enum: 'not_in_list',
  const: 'not_in_list',
}

const pointerOf = (error: FastifySchemaValidationError): string => {
  const extra = error.params['additionalProperty'] ?? error.params['missingProperty']
  return typeof extra === 'string' ? `${error.instancePath}/${extra}` : error.instancePath
}

/** Validator errors in the words of api.md part D, one per field; the alternatives of a nullable field count as one. */
export const toValidationProblem = (errors: readonly FastifySchemaValidationError[]): AppError => {
  const byPointer = new Map<string, FieldError>()
  for (const error of errors) {
    const code = codes[error.keyword]
    if (!code) continue
    const pointer = pointerOf(error)
    const nullBranch = error.keyword === 'type' && error.params['type'] === 'null'
    const known = byPointer.get(pointer)
    if (known && (nullBranch || known.code !== 'wrong_type')) continue
    byPointer.set(pointer, { pointer, code, detail: error.message ?? code })
  }
  const found = [...byPointer.values()]
  return invalid(
    ...(found.length > 0 ? found : [{ pointer: '', code: 'wrong_type', detail: 'has another shape' }]),
  )
}
