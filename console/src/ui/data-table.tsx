import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTexts } from '../i18n/texts.tsx'
import type { Pages } from '../lib/queries.ts'
import { BulkBar } from './bulk-bar.tsx'
import { DataGrid } from './data-grid.tsx'
import type { Column } from './data-row.tsx'
import classes from './data-table.module.css'
import { ErrorState } from './error-state.tsx'
import { useSelection } from './selection.ts'
import { RowsSkeleton } from './skeletons.tsx'
import { isShown, useTableView } from './table-view.ts'
import { TableViewMenu } from './table-view-menu.tsx'

export type { Column } from './data-row.tsx'

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

type StatesProps = {
  readonly pages: Pages<unknown>
  readonly empty: ReactNode
  readonly children: ReactNode
}

/** Refused, on its way, empty, or the rows themselves. */
const States = ({ pages, empty, children }: StatesProps) => {
  const nothing = pages.rows.length === 0
  if (nothing && pages.error !== null) return <ErrorState error={pages.error} onRetry={pages.retry} />
  if (pages.isPending) {
    return (
      <div className={classes.waiting}>
        <RowsSkeleton />
      </div>
    )
  }
  if (nothing) return empty
  return (
    <>
      {children}
      {pages.error === null ? null : <ErrorState error={pages.error} onRetry={pages.loadMore} />}
      <Foot pages={pages} />
    </>
  )
}

/** The one table of the console. */
export const DataTable = <Row,>({ columns, pages, rowKey, bulk, ...props }: Props<Row>) => {
  const [view, setView] = useTableView(props.id)
  const selection = useSelection(pages.rows.map(rowKey))
  const selecting = bulk !== undefined && selection.chosen.length > 0
  return (
    <section className={classes.frame} aria-label={props.label} aria-busy={pages.isFetching}>
      {selecting ? (
        <BulkBar selection={selection} matching={props.matching}>
          {bulk(selection.chosen, selection.clear, selection.everything)}
        </BulkBar>
      ) : (
        <div className={classes.toolbar}>
          <div className={classes.tools}>{props.toolbar}</div>
          <TableViewMenu columns={columns} view={view} onChange={setView} />
        </div>
      )}
      <States pages={pages} empty={props.empty}>
        <DataGrid
          label={props.label}
          columns={columns.filter((column) => isShown(view, column))}
          rows={pages.rows}
          rowKey={rowKey}
          rowTo={props.rowTo}
          onOpen={props.onOpen}
          selection={bulk === undefined ? null : selection}
          tight={view.tight}
        />
      </States>
    </section>
  )
}
