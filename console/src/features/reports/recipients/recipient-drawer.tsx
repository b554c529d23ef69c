import { Anchor, Drawer, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { getRecipient, type RecipientHistory } from '../../../../../src/reports/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { read } from '../../../lib/queries.ts'
import { useMay } from '../../../lib/session.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Time } from '../../../ui/figures.tsx'
import { RowsSkeleton } from '../../../ui/skeletons.tsx'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { History } from './history.tsx'
import { shownState } from './recipient-columns.tsx'
import classes from './recipient-drawer.module.css'
import { WaitingButtons } from './waiting-buttons.tsx'

const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div className={classes.fact}>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

const Facts = ({ row }: { readonly row: RecipientHistory }) => {
  const { t, find } = useTexts()
  return (
    <dl className={classes.facts}>
      {row.reason === null ? null : (
        <Fact label={t('reports.filter-reason')}>{find('reasons', row.reason) ?? row.reason}</Fact>
      )}
      {row.resolution === null ? null : (
        <Fact label={t('reports.resolution')}>{t(`run.uncertain-${row.resolution}`)}</Fact>
      )}
      {row.next_attempt_at === null ? null : (
        <Fact label={t('reports.next-attempt')}>
          <Time at={row.next_attempt_at} />
        </Fact>
      )}
      {row.answer === null ? null : (
        <Fact label={t('reports.answer')}>
          <Text span size="sm" ff="monospace">
            {row.answer.code} {row.answer.text}
          </Text>
        </Fact>
      )}
      {row.bounce === null ? null : (
        <Fact label={t('reports.filter-bounce')}>{t(`reports.bounce-${row.bounce.class}`)}</Fact>
      )}
      {row.flags.length === 0 ? null : (
        <Fact label={t('reports.flags')}>
          {row.flags.map((flag) => find('reports', `flag-${flag}`) ?? flag).join(', ')}
        </Fact>
      )}
      <Fact label={t('reports.message-id')}>
        <Text span size="xs" ff="monospace">
          {row.message_id}
        </Text>
      </Fact>
    </dl>
  )
}

const Body = ({ campaignId, row }: { readonly campaignId: string; readonly row: RecipientHistory }) => {
  const { t } = useTexts()
  const may = useMay()('contacts.view')
  return (
    <Stack gap="md">
      <div>
        <Group gap="xs">
          <Title order={2}>{row.contact_name ?? row.address ?? t('reports.address-none')}</Title>
          <StatusBadge state={shownState({ ...row, attempts: row.attempts.length })} />
        </Group>
        <Text size="sm" c="dimmed">
          {row.address}
        </Text>
        {row.contact_id === null || !may ? null : (
          <Anchor component={Link} to={`/contacts/${row.contact_id}`} size="sm">
            {t('reports.to-contact')}
          </Anchor>
        )}
      </div>
      <WaitingButtons id={campaignId} row={row} />
      <Facts row={row} />
      <History row={row} />
    </Stack>
  )
}

type Props = { readonly id: string; readonly messageId: string | null; readonly onClose: () => void }

/** Everything that happened to one message. */
export const RecipientDrawer = ({ id, messageId, onClose }: Props) => {
  const { t } = useTexts()
  const { data, error, refetch } = useQuery({
    ...read(getRecipient, { params: { id, message_id: messageId ?? '' } }),
    enabled: messageId !== null,
  })
  return (
    <Drawer
      opened={messageId !== null}
      onClose={onClose}
      position="right"
      size={460}
      title={t('reports.recipient')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined ? error === null ? <RowsSkeleton /> : null : <Body campaignId={id} row={data} />}
    </Drawer>
  )
}
