import { type FieldError, invalid, unprocessable } from '../../http/errors.ts'
import { kindOf } from '../fields/field.ts'
import type { FieldRow } from '../fields/queries.ts'
import type { FieldKind } from '../fields/values.ts'
import type { Binding, ImportAnalysis } from './contract.ts'

export const standardTargets = [
  'external_id',
  'email',
  'phone',
  'first_name',
  'last_name',
  'company',
  'language',
  'country',
  'time_zone',
] as const
export type StandardTarget = (typeof standardTargets)[number]
export const consentTargets = ['consent.state', 'consent.at', 'consent.source', 'consent.wording'] as const
export type ConsentTarget = (typeof consentTargets)[number]

export type Target =
  | { readonly kind: 'standard'; readonly name: StandardTarget }
  | { readonly kind: 'additional'; readonly name: string; readonly type: FieldKind }
  | { readonly kind: 'consent'; readonly name: ConsentTarget }

export type Column = { readonly binding: Binding; readonly target: Target }

const isStandard = (field: string): field is StandardTarget =>
  (standardTargets as readonly string[]).includes(field)
const isConsent = (field: string): field is ConsentTarget =>
  (consentTargets as readonly string[]).includes(field)

const targetOf = (field: string, fields: readonly FieldRow[]): Target | null => {
  if (isStandard(field)) return { kind: 'standard', name: field }
  if (isConsent(field)) return { kind: 'consent', name: field }
  const own = fields.find((row) => `fields.${row.name}` === field)
  return own ? { kind: 'additional', name: own.name, type: kindOf(own) } : null
}

const bindingFaults = (binding: Binding, index: number, columns: number): FieldError[] => {
  const pointer = `/mapping/${index}`
  if ((binding.column === undefined) === (binding.constant === undefined))
    return [{ pointer, code: 'required', detail: 'exactly one of column and constant is needed' }]
  if (binding.column !== undefined && binding.column >= columns)
    return [{ pointer: `${pointer}/column`, code: 'out_of_range', detail: 'the file has no such column' }]
  return []
}

/** Checks a mapping against file and fields. @throws field_bound_twice, key_required, validation_failed */
export const readMapping = (
  mapping: readonly Binding[],
  analysis: Pick<ImportAnalysis, 'columns'>,
  fields: readonly FieldRow[],
): Column[] => {
  const errors: FieldError[] = []
  const columns: Column[] = []
  const seen = new Set<string>()
  for (const [index, binding] of mapping.entries()) {
    errors.push(...bindingFaults(binding, index, analysis.columns.length))
    const target = targetOf(binding.field, fields)
    const pointer = `/mapping/${index}/field`
    if (!target) errors.push({ pointer, code: 'not_in_list', detail: 'no such field' })
    else columns.push({ binding, target })
    if (seen.has(binding.field))
      throw unprocessable('field_bound_twice', '', {
        errors: [{ pointer, code: 'field_bound_twice', detail: 'is bound twice' }],
      })
    seen.add(binding.field)
  }
  if (errors.length > 0) throw invalid(...errors)
  if (!['external_id', 'email', 'phone'].some((key) => seen.has(key))) throw unprocessable('key_required')
  return columns
}

/** The bindings the analysis proposes. */
export const proposedMapping = (analysis: Pick<ImportAnalysis, 'columns'>): Binding[] =>
  analysis.columns.flatMap((column) =>
    column.field === null ? [] : [{ column: column.index, field: column.field }],
  )
