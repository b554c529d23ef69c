import { Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Suppression } from '../../../../src/contacts/suppressions/contract.ts'
import { getBounceSettings } from '../../../../src/inbound/settings/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import type { Column } from '../../ui/data-table.tsx'
import { Time } from '../../ui/figures.tsx'
import classes from './suppressions.module.css'

const Reason = ({ row }: { readonly row: Suppression }) => {
  const { t } = useTexts()
  return (
    <Stack gap={2} maw={240}>
      <Text span size="sm" className={classes.words ?? ''}>
        {t(`reasons.${row.reason}`)}
      </Text>
      {row.lifted_until === null ? null : (
        <Text span size="xs" c="dimmed">
          {t('suppressions.lifted-until')} <Time at={row.lifted_until} />
        </Text>
      )}
    </Stack>
  )
}

/** How near the limit the address is; only hard bounces have one. */
const Bounces = ({ row, limit }: { readonly row: Suppression; readonly limit: number | null }) => {
  const { t } = useTexts()
  if (row.bounces === 0) return '–'
  return row.reason === 'hard_bounced' && limit !== null
    ? t('suppressions.bounces-of', { count: row.bounces, limit })
    : row.bounces
}

const useLimit = (): number | null => {
  const may = useMay()('email.settings.view')
  return useQuery({ ...read(getBounceSettings), enabled: may }).data?.hard_limit ?? null
}

export const useAddressColumns = (menu: (row: Suppression) => ReactNode): readonly Column<Suppression>[] => {
  const { t, find } = useTexts()
  const limit = useLimit()
  return [
    {
      id: 'address',
      header: t('suppressions.address'),
      fixed: true,
      cell: (row) => row.address ?? t('suppressions.hidden'),
    },
    { id: 'reason', header: t('suppressions.reason'), cell: (row) => <Reason row={row} /> },
    {
      id: 'answer',
      header: t('suppressions.answer'),
      wide: true,
      cell: (row) => (
        <Text
          span
          size="xs"
          c="dimmed"
          maw={260}
          lineClamp={2}
          title={row.answer ?? ''}
          className={classes.words ?? ''}
        >
          {row.answer ?? '–'}
        </Text>
      ),
    },
    {
      id: 'bounces',
      header: t('suppressions.bounces'),
      align: 'end',
      wide: true,
      cell: (row) => <Bounces row={row} limit={limit} />,
    },
    {
      id: 'source',
      header: t('suppressions.source'),
      hiddenAtFirst: true,
      cell: (row) => find('suppressions', `source-${row.source}`) ?? row.source,
    },
    {
      id: 'stream',
      header: t('suppressions.stream'),
      hiddenAtFirst: true,
      cell: (row) => row.stream_id ?? '–',
    },
    {
      id: 'comment',
      header: t('suppressions.comment'),
      hiddenAtFirst: true,
      cell: (row) => row.comment ?? '–',
    },
    {
      id: 'since',
      header: t('suppressions.since'),
      wide: true,
      cell: (row) => <Time at={row.created_at} />,
    },
    {
      id: 'until',
      header: t('suppressions.until'),
      wide: true,
      cell: (row) => (row.expires_at === null ? t('suppressions.never') : <Time at={row.expires_at} />),
    },
    { id: 'menu', header: '', fixed: true, align: 'end', cell: menu },
  ]
}
