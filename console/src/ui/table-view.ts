import { useLocalStorage } from '@mantine/hooks'

export type TableView = { readonly hidden: readonly string[]; readonly tight: boolean }

/** Columns and row height of a table, remembered in this browser under the table's id. */
export const useTableView = (id: string, hiddenAtFirst: readonly string[]) =>
  useLocalStorage<TableView>({
    key: `campanile-table:${id}`,
    defaultValue: { hidden: hiddenAtFirst, tight: false },
    getInitialValueInEffect: false,
  })
