import { useLocalStorage } from '@mantine/hooks'

export type TableView = {
  readonly hidden: readonly string[]
  /** Columns hidden at first that somebody has ticked. */
  readonly shown?: readonly string[]
  readonly tight: boolean
}

export type Hideable = { readonly id: string; readonly fixed?: boolean; readonly hiddenAtFirst?: boolean }

/** Columns and row height of a table, remembered in this browser under the table's id. */
export const useTableView = (id: string) =>
  useLocalStorage<TableView>({
    key: `campanile-table:${id}`,
    defaultValue: { hidden: [], tight: false },
    getInitialValueInEffect: false,
  })

/** Columns may come later than the table (additional fields), so each decides for itself. */
export const isShown = (view: TableView, column: Hideable): boolean => {
  if (column.fixed === true) return true
  if (column.hiddenAtFirst === true) return view.shown?.includes(column.id) ?? false
  return !view.hidden.includes(column.id)
}

const without = (ids: readonly string[], id: string): readonly string[] => ids.filter((other) => other !== id)

export const withColumn = (view: TableView, { id }: Hideable, isVisible: boolean): TableView => ({
  ...view,
  hidden: isVisible ? without(view.hidden, id) : [...without(view.hidden, id), id],
  shown: isVisible ? [...without(view.shown ?? [], id), id] : without(view.shown ?? [], id),
})
