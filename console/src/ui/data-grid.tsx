import { Checkbox, Table } from '@mantine/core'
import { useTexts } from '../i18n/texts.tsx'
import { type Column, classOf, DataRow } from './data-row.tsx'
import classes from './data-table.module.css'
import type { Selection } from './selection.ts'
import { useSideways } from './sideways.ts'

type Props<Row> = {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly rowTo: ((row: Row) => string) | undefined
  readonly onOpen: ((row: Row) => void) | undefined
  /** Null leaves the check boxes out. */
  readonly selection: Selection | null
  readonly tight: boolean
}

type CheckProps = { readonly selection: Selection | null; readonly rowKey: string }

const RowCheck = ({ selection, rowKey }: CheckProps) => {
  const { t } = useTexts()
  if (selection === null) return null
  return (
    <Table.Td className={classes.check}>
      <Checkbox
        aria-label={t('ui.select-row')}
        checked={selection.chosen.includes(rowKey)}
        onChange={() => selection.toggle(rowKey)}
      />
    </Table.Td>
  )
}

const AllCheck = ({ selection }: Pick<CheckProps, 'selection'>) => {
  const { t } = useTexts()
  if (selection === null) return null
  return (
    <Table.Th className={classes.check}>
      <Checkbox
        aria-label={t('ui.select-all')}
        checked={selection.all}
        indeterminate={selection.chosen.length > 0 && !selection.all}
        onChange={selection.toggleAll}
      />
    </Table.Th>
  )
}

/** Head and rows; scrolls sideways where the table is wider than its place. */
export const DataGrid = <Row,>({ columns, rows, rowKey, selection, ...props }: Props<Row>) => {
  const [scroll, scrolls] = useSideways<HTMLDivElement>()
  return (
    <div
      ref={scroll}
      className={classes.scroll}
      {...(scrolls ? { 'data-sideways': true, tabIndex: 0, role: 'region', 'aria-label': props.label } : {})}
    >
      <Table
        className={classes.table ?? ''}
        aria-label={props.label}
        highlightOnHover
        verticalSpacing={props.tight ? 4 : 10}
        horizontalSpacing="md"
      >
        <Table.Thead className={classes.head ?? ''}>
          <Table.Tr>
            <AllCheck selection={selection} />
            {columns.map((column) => (
              <Table.Th key={column.id} className={classOf(column)}>
                {column.header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <DataRow
              key={rowKey(row)}
              row={row}
              columns={columns}
              check={<RowCheck selection={selection} rowKey={rowKey(row)} />}
              rowTo={props.rowTo}
              onOpen={props.onOpen}
            />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
