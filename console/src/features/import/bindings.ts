import type { Binding, ImportAnalysis, Transform } from '../../../../src/contacts/import/contract.ts'

/** What becomes of one column of the file: the platform field it fills, or null when it is left out. */
export type ColumnBinding = { readonly field: string | null; readonly transforms: readonly Transform[] }
/** A value every row gets, whatever stands in the file. */
export type ConstantBinding = {
  readonly key: string
  readonly field: string | null
  readonly constant: string
}
export type Bindings = {
  readonly columns: readonly ColumnBinding[]
  readonly constants: readonly ConstantBinding[]
}

const keys: readonly string[] = ['external_id', 'email', 'phone']

/** The saved mapping, else what the analysis proposes. */
export const toBindings = (analysis: ImportAnalysis, mapping: readonly Binding[] | null): Bindings => {
  const columns = analysis.columns.map(({ index, field }): ColumnBinding => {
    if (mapping === null) return { field, transforms: [] }
    const bound = mapping.find((binding) => binding.column === index)
    return { field: bound?.field ?? null, transforms: bound?.transforms ?? [] }
  })
  const constants = (mapping ?? [])
    .filter((binding) => binding.column === undefined)
    .map((binding, place) => ({
      key: String(place),
      field: binding.field,
      constant: binding.constant ?? '',
    }))
  return { columns, constants }
}

export const toMapping = ({ columns, constants }: Bindings, analysis: ImportAnalysis): Binding[] => [
  ...columns.flatMap(({ field, transforms }, place): Binding[] => {
    const column = analysis.columns[place]?.index
    if (field === null || column === undefined) return []
    return [{ column, field, ...(transforms.length === 0 ? {} : { transforms: [...transforms] }) }]
  }),
  ...constants.flatMap(({ field, constant }): Binding[] =>
    field === null || constant.trim() === '' ? [] : [{ field, constant: constant.trim() }],
  ),
]

/** Fields that more than one column or constant would fill. */
export const boundTwice = (mapping: readonly Binding[]): ReadonlySet<string> => {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const { field } of mapping) {
    if (seen.has(field)) twice.add(field)
    seen.add(field)
  }
  return twice
}

/** A row can be matched only by a key; a constant would make all rows one person. */
export const hasKey = (mapping: readonly Binding[]): boolean =>
  mapping.some(({ field, column }) => column !== undefined && keys.includes(field))

export const isComplete = (mapping: readonly Binding[]): boolean =>
  hasKey(mapping) && boundTwice(mapping).size === 0
