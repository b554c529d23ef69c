import { Table, UnstyledButton } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'
import classes from './data-table.module.css'

export type Column<Row> = {
  readonly id: string
  readonly header: string
  readonly cell: (row: Row) => ReactNode
  /** Cannot be hidden; the first column should be. */
  readonly fixed?: boolean
  /** Hidden until somebody ticks it. */
  readonly hiddenAtFirst?: boolean
  /** Left out below 768 px. */
  readonly wide?: boolean
  readonly align?: 'end'
}

export const classOf = <Row,>(column: Column<Row>): string =>
  [classes.cell, column.align === 'end' ? classes.end : '', column.wide === true ? classes.wide : ''].join(
    ' ',
  )

/** A click on a link, a button or a check box inside a row is not a click on the row. */
const isOwnClick = (event: MouseEvent): boolean =>
  (event.target as Element).closest('a, button, input, label, [role="menuitem"]') !== null

type RowProps<Row> = {
  readonly columns: readonly Column<Row>[]
  readonly rowTo: ((row: Row) => string) | undefined
  readonly onOpen: ((row: Row) => void) | undefined
  readonly row: Row
  readonly check: ReactNode
}

export const DataRow = <Row,>({ row, columns, rowTo, onOpen, check }: RowProps<Row>) => {
  const navigate = useNavigate()
  const to = rowTo?.(row)
  const open = (event: MouseEvent) => {
    if (isOwnClick(event)) return
    if (to !== undefined) void navigate({ to })
    onOpen?.(row)
  }
  const first = (content: ReactNode): ReactNode => {
    if (to !== undefined) return <Link to={to}>{content}</Link>
    if (onOpen === undefined) return content
    return (
      <UnstyledButton className={classes.opener ?? ''} onClick={() => onOpen(row)}>
        {content}
      </UnstyledButton>
    )
  }
  const opens = to !== undefined || onOpen !== undefined
  return (
    <Table.Tr className={classes.row} onClick={open} {...(opens ? { 'data-opens': true } : {})}>
      {check}
      {columns.map((column, place) => (
        <Table.Td key={column.id} className={classOf(column)}>
          {place === 0 ? first(column.cell(row)) : column.cell(row)}
        </Table.Td>
      ))}
    </Table.Tr>
  )
}
