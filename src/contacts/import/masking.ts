import type { Actor } from '../../http/actor.ts'
import { seesPersonalData, shownCell, shownEmail, shownPhone } from '../../http/personal-data.ts'
import type { Binding, ImportAnalysis } from './contract.ts'
import type { ImportRecord } from './queries.ts'

/** Which columns hold addresses: as they were bound, before that as was proposed. */
export const addressColumns = (
  row: Pick<ImportRecord, 'mapping' | 'analysis'>,
): ReadonlyMap<number, 'email' | 'phone'> => {
  const analysis = row.analysis as ImportAnalysis | null
  const bound = (row.mapping as Binding[] | null) ?? []
  const proposed = (analysis?.columns ?? []).map(({ index, field }) => ({ column: index, field }))
  return new Map(
    [...proposed, ...bound].flatMap(({ column, field }) =>
      column !== undefined && (field === 'email' || field === 'phone') ? [[column, field] as const] : [],
    ),
  )
}

/** A cell of the file as the caller may see it; an address may stand in any column of it. */
export const shownFileCell = (actor: Actor, kind: 'email' | 'phone' | undefined, text: string): string => {
  if (text.trim() === '') return text
  if (kind === 'email') return shownEmail(actor, text.trim())
  return kind === 'phone' ? shownPhone(actor, text.trim()) : shownCell(actor, text)
}

export const shownAnalysis = <T extends ImportAnalysis | null>(
  actor: Actor,
  analysis: T,
  mapping: unknown,
): T => {
  if (analysis === null || seesPersonalData(actor)) return analysis
  const kinds = addressColumns({ mapping, analysis } as Pick<ImportRecord, 'mapping' | 'analysis'>)
  return {
    ...analysis,
    columns: analysis.columns.map((column) => ({
      ...column,
      name: shownCell(actor, column.name),
      samples: column.samples.map((text) => shownFileCell(actor, kinds.get(column.index), text)),
    })),
    sample_rows: analysis.sample_rows.map((cells) =>
      cells.map((text, index) => shownFileCell(actor, kinds.get(index), text)),
    ),
  }
}

/** A constant may be an address that every row gets. */
export const shownMapping = (actor: Actor, mapping: Binding[] | null): Binding[] | null =>
  mapping?.map((binding) =>
    binding.constant === undefined ? binding : { ...binding, constant: shownCell(actor, binding.constant) },
  ) ?? null
