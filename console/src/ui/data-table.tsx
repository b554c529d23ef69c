import { Button, Checkbox, Table, UnstyledButton } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'
import { useTexts } from '../i18n/texts.tsx'
import type { Pages } from '../lib/queries.ts'
import classes from './data-table.module.css'
import { ErrorState } from './error-state.tsx'
import { type Selection, useSelection } from './selection.ts'
import { RowsSkeleton } from './skeletons.tsx'
import { isShown, useTableView } from './table-view.ts'
import { TableViewMenu } from './table-view-menu.tsx'

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

type Props<Row> = {
  /** Remembers columns and row height under this name. */
  readonly id: string
  readonly label: string
  readonly columns: readonly Column<Row>[]
  /** Result of `usePages`, or a plain list of the same shape. */
  readonly pages: Pages<Row>
  readonly rowKey: (row: Row) => string
  /** Where a click on the row leads; the first column becomes the link. */
  readonly rowTo?: (row: Row) => string
  /** What a click on the row opens in place (a drawer); the first column becomes the button. */
  readonly onOpen?: (row: Row) => void
  /** Search field, filters, chips. */
  readonly toolbar?: ReactNode
  /** Bulk actions over the selected keys; gives the table its check boxes. */
  readonly bulk?: (keys: readonly string[], clear: () => void, everything: boolean) => ReactNode
  /** How many rows the filters find: offers to select all of them, not only the loaded ones. */
  readonly matching?: number | undefined
  readonly empty: ReactNode
}

const classOf = <Row,>(column: Column<Row>): string =>
  [classes.cell, column.align === 'end' ? classes.end : '', column.wide === true ? classes.wide : ''].join(
    ' ',
  )

/** A click on a link, a button or a check box inside a row is not a click on the row. */
const isOwnClick = (event: MouseEvent): boolean =>
  (event.target as Element).closest('a, button, input, label, [role="menuitem"]') !== null

type RowProps<Row> = Pick<Props<Row>, 'columns' | 'rowTo' | 'onOpen'> & {
  readonly row: Row
  readonly check: ReactNode
}

const DataRow = <Row,>({ row, columns, rowTo, onOpen, check }: RowProps<Row>) => {
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

type BulkBarProps = {
  readonly selection: Selection
  readonly matching: number | undefined
  readonly children: ReactNode
}

const BulkBar = ({ selection, matching, children }: BulkBarProps) => {
  const { t } = useTexts()
  const loaded = selection.chosen.length
  const more = matching !== undefined && matching > loaded && selection.all
  const count = selection.everything && matching !== undefined ? matching : loaded
  return (
    <div className={`${classes.toolbar} ${classes.bulk}`}>
      <div className={classes.tools}>
        <strong role="status">{t('ui.selected', { count })}</strong>
        {more && !selection.everything ? (
          <Button variant="subtle" size="compact-sm" onClick={selection.chooseEverything}>
            {t('ui.select-matching', { count: matching })}
          </Button>
        ) : null}
        {children}
      </div>
      <Button variant="subtle" size="xs" onClick={selection.clear}>
        {t('ui.clear-selection')}
      </Button>
    </div>
  )
}

const Foot = ({ pages }: { readonly pages: Pages<unknown> }) => {
  const { t } = useTexts()
  const count = pages.rows.length
  return (
    <div className={classes.foot}>
      <span role="status">{t(pages.hasMore ? 'ui.rows-loaded' : 'ui.rows-all', { count })}</span>
      {pages.hasMore ? (
        <Button variant="default" size="xs" onClick={pages.loadMore} loading={pages.isFetchingMore}>
          {t('ui.load-more')}
        </Button>
      ) : null}
    </div>
  )
}

/** The one table of the console. */
export const DataTable = <Row,>(props: Props<Row>) => {
  const { columns, pages, rowKey, bulk } = props
  const { t } = useTexts()
  const [view, setView] = useTableView(props.id)
  const keys = pages.rows.map(rowKey)
  const selection = useSelection(keys)
  const shown = columns.filter((column) => isShown(view, column))
  const check = (row: Row) =>
    bulk === undefined ? null : (
      <Table.Td className={classes.check}>
        <Checkbox
          aria-label={t('ui.select-row')}
          checked={selection.chosen.includes(rowKey(row))}
          onChange={() => selection.toggle(rowKey(row))}
        />
      </Table.Td>
    )
  const body = () => {
    if (pages.error !== null && pages.rows.length === 0)
      return <ErrorState error={pages.error} onRetry={pages.retry} />
    if (pages.isPending) return <RowsSkeleton />
    if (pages.rows.length === 0) return props.empty
    return (
      <>
        <div className={classes.scroll}>
          <Table
            className={classes.table ?? ''}
            aria-label={props.label}
            highlightOnHover
            verticalSpacing={view.tight ? 4 : 10}
            horizontalSpacing="md"
          >
            <Table.Thead className={classes.head ?? ''}>
              <Table.Tr>
                {bulk === undefined ? null : (
                  <Table.Th className={classes.check}>
                    <Checkbox
                      aria-label={t('ui.select-all')}
                      checked={selection.all}
                      indeterminate={selection.chosen.length > 0 && !selection.all}
                      onChange={selection.toggleAll}
                    />
                  </Table.Th>
                )}
                {shown.map((column) => (
                  <Table.Th key={column.id} className={classOf(column)}>
                    {column.header}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {pages.rows.map((row) => (
                <DataRow
                  key={rowKey(row)}
                  row={row}
                  columns={shown}
                  check={check(row)}
                  {...(props.rowTo === undefined ? {} : { rowTo: props.rowTo })}
                  {...(props.onOpen === undefined ? {} : { onOpen: props.onOpen })}
                />
              ))}
            </Table.Tbody>
          </Table>
        </div>
        {pages.error === null ? null : <ErrorState error={pages.error} onRetry={pages.loadMore} />}
        <Foot pages={pages} />
      </>
    )
  }
  return (
    <section className={classes.frame} aria-label={props.label} aria-busy={pages.isFetching}>
      {bulk !== undefined && selection.chosen.length > 0 ? (
        <BulkBar selection={selection} matching={props.matching}>
          {bulk(selection.chosen, selection.clear, selection.everything)}
        </BulkBar>
      ) : (
        <div className={classes.toolbar}>
          <div className={classes.tools}>{props.toolbar}</div>
          <TableViewMenu columns={columns} view={view} onChange={setView} />
        </div>
      )}
      {body()}
    </section>
  )
}
