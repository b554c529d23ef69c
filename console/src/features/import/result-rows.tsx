import { Anchor, Badge, Select } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type Import, type ImportRow, listImportRows } from '../../../../src/contacts/import/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { usePages } from '../../lib/queries.ts'
import { useFilters } from '../../lib/route.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Figure } from '../../ui/figures.tsx'
import { Sheet } from '../../ui/illustrations.tsx'
import classes from './import.module.css'
import { useCodeWords } from './reason-list.tsx'
import { codesOf, results, toResult } from './results.ts'
import { useTargetWords } from './targets.ts'

const useColumns = (): Column<ImportRow>[] => {
  const { t } = useTexts()
  const words = useCodeWords()
  const targetWords = useTargetWords()
  return [
    {
      id: 'line',
      header: t('imports.line-header'),
      fixed: true,
      cell: (row) => <Figure value={row.line} />,
    },
    {
      id: 'result',
      header: t('imports.result'),
      wide: true,
      cell: (row) => (
        <Badge
          variant="light"
          radius="sm"
          tt="none"
          fw={550}
          color={results.find((result) => result.name === row.result)?.color.split('.')[0] ?? 'gray'}
        >
          {t(`imports.result-${row.result}`)}
        </Badge>
      ),
    },
    {
      id: 'reason',
      header: t('imports.reason'),
      cell: (row) => (row.code === null ? null : <span className={classes.reason}>{words(row.code)}</span>),
    },
    {
      id: 'field',
      header: t('imports.field'),
      wide: true,
      cell: (row) => (row.field === null ? null : targetWords(row.field)),
    },
    {
      id: 'contact',
      header: t('contacts.contact'),
      wide: true,
      cell: (row) =>
        row.contact_id === null ? null : (
          <Anchor component={Link} to={`/contacts/${row.contact_id}`} size="sm">
            {t('contacts.exists-open')}
          </Anchor>
        ),
    },
  ]
}

const everything = 'all'

/** At first the refused rows, because they are what somebody has to do something about. */
const useRowFilters = (run: Import) => {
  const { t } = useTexts()
  const words = useCodeWords()
  const [filters, setFilters] = useFilters('result', 'code')
  const first = run.counts.rejected > 0 ? 'rejected' : run.counts.skipped > 0 ? 'skipped' : everything
  const shown = filters.result ?? first
  const codes = codesOf(run.counts)
  const code = codes.find((one) => one.code === filters.code)?.code
  const toolbar = (
    <>
      <Select
        aria-label={t('imports.result')}
        allowDeselect={false}
        data={[
          { value: everything, label: t('imports.result-all') },
          ...results.map(({ name }) => ({ value: name, label: t(`imports.result-${name}`) })),
        ]}
        value={shown}
        onChange={(result) => setFilters({ result: result ?? undefined, code: undefined })}
      />
      {codes.length === 0 ? null : (
        <Select
          aria-label={t('imports.reason')}
          placeholder={t('imports.reason')}
          clearable
          data={codes.map((one) => ({ value: one.code, label: words(one.code) }))}
          value={code ?? null}
          onChange={(chosen) => setFilters({ code: chosen ?? undefined })}
        />
      )}
    </>
  )
  return { result: toResult(shown), code, toolbar }
}

/** Every row of the file with its answer. */
export const ResultRows = ({ run }: { readonly run: Import }) => {
  const { t } = useTexts()
  const { result, code, toolbar } = useRowFilters(run)
  const pages = usePages(listImportRows, { params: { id: run.id }, query: { limit: 50, result, code } })
  return (
    <DataTable
      id="import-rows"
      label={t('imports.row-list')}
      columns={useColumns()}
      pages={pages}
      rowKey={(row) => String(row.line)}
      toolbar={toolbar}
      empty={<EmptyState art={<Sheet />} title={t('imports.no-rows')} />}
    />
  )
}
