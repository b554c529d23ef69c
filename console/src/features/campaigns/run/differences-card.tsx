import { Button, Card, Group, Title } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { exportDifferences, listDifferences } from '../../../../../src/campaigns/ledger/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { addressOf } from '../../../lib/call.ts'
import { usePages } from '../../../lib/queries.ts'
import { useMay } from '../../../lib/session.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { RowsSkeleton } from '../../../ui/skeletons.tsx'
import classes from './progress.module.css'

/** Whom the two sides of the account do not have in common, by name. */
export const DifferencesCard = ({ id }: { readonly id: string }) => {
  const { t } = useTexts()
  const may = useMay()('sending.ledger.export')
  const pages = usePages(listDifferences, { params: { id } })
  return (
    <Card withBorder padding="lg" component="section" aria-label={t('run-acts.differences')}>
      <Group justify="space-between">
        <Title order={2}>{t('run-acts.differences')}</Title>
        {may ? (
          <Button
            component="a"
            href={addressOf(exportDifferences, { params: { id } })}
            download
            variant="default"
            size="xs"
            leftSection={<IconDownload size={14} />}
          >
            {t('run-acts.differences-download')}
          </Button>
        ) : null}
      </Group>
      {pages.error === null ? null : <ErrorState error={pages.error} onRetry={pages.retry} />}
      {pages.isPending ? <RowsSkeleton rows={2} /> : null}
      <ul className={classes.reasonList}>
        {pages.rows.map((row) => (
          <li key={`${row.kind} ${row.contact_id ?? row.message_id}`}>
            {row.address ?? row.contact_id ?? row.message_id}
            <span>{t(`run-acts.difference-${row.kind}`)}</span>
          </li>
        ))}
      </ul>
      {pages.hasMore ? (
        <Button mt="md" variant="default" size="xs" onClick={pages.loadMore} loading={pages.isFetchingMore}>
          {t('ui.load-more')}
        </Button>
      ) : null}
    </Card>
  )
}
