import { Alert, Card, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconCircleCheck, IconInfoCircle, IconPlayerStop } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { readSendingHealth, type SendingHealth } from '../../../../../src/providers/health/contract.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'
import { read } from '../../../lib/queries.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Time } from '../../../ui/figures.tsx'
import { Page } from '../../../ui/page.tsx'
import { CardSkeleton } from '../../../ui/skeletons.tsx'
import classes from '../delivery.module.css'
import { NodeTable } from './node-table.tsx'
import { ProviderTable } from './provider-table.tsx'

const redrawMs = 5_000

type HealthProps = { readonly health: SendingHealth }

const signs = {
  ok: { color: 'green', icon: IconCircleCheck },
  attention: { color: 'yellow', icon: IconInfoCircle },
  stopped: { color: 'red', icon: IconPlayerStop },
} as const

const Verdict = ({ health: { state } }: HealthProps) => {
  const { t } = useTexts()
  const { color, icon: Icon } = signs[state]
  return (
    <Alert
      color={color}
      variant="light"
      icon={<Icon size={22} />}
      title={t(`health.state-${state}`)}
      role="status"
    >
      {t(`health.text-${state}`)}
    </Alert>
  )
}

const Next = ({ health: { next_action: next } }: HealthProps) => {
  const { t } = useTexts()
  return (
    <Card withBorder padding="lg" component="section" aria-label={t('health.next')}>
      <Title order={2}>{t('health.next')}</Title>
      {next === null ? (
        <Text c="dimmed" mt={4}>
          {t('health.next-none')}
        </Text>
      ) : (
        <Text mt={4}>
          {t(`health.next-${next.kind}`, { subject: next.subject ?? '' })} · <Time at={next.at} />
        </Text>
      )}
    </Card>
  )
}

const Signs = ({ health }: HealthProps) => {
  const { t } = useTexts()
  const formats = useFormats()
  const { oldest_due: oldest } = health
  return (
    <Card withBorder padding="lg" component="section" aria-label={t('health.tick')}>
      <dl className={classes.facts}>
        <dt>{t('health.tick')}</dt>
        <dd>{health.last_tick_at === null ? t('health.tick-never') : <Time at={health.last_tick_at} />}</dd>
        <dt>{t('health.oldest')}</dt>
        <dd>
          {oldest === null
            ? t('health.oldest-none')
            : t('health.oldest-since', { time: formats.duration(oldest.waiting_seconds * 1_000) })}
        </dd>
        <dt>{t('health.uncertain')}</dt>
        <dd>{formats.number(health.uncertain_open)}</dd>
      </dl>
      {health.uncertain_open === 0 ? null : (
        <Text size="sm" c="dimmed" mt="xs">
          {t('health.uncertain-hint')}
        </Text>
      )}
    </Card>
  )
}

const rowKinds = ['planned', 'due', 'retrying', 'claimed', 'handed', 'uncertain'] as const

const Rows = ({ health: { rows } }: HealthProps) => {
  const { t } = useTexts()
  const formats = useFormats()
  return (
    <Card withBorder padding="lg" component="section" aria-label={t('health.rows')}>
      <Title order={2}>{t('health.rows')}</Title>
      <Text size="sm" c="dimmed" mb="md">
        {t('health.rows-hint')}
      </Text>
      <dl className={classes.facts}>
        {rowKinds.flatMap((kind) => [
          <dt key={`${kind}-name`}>{t(`health.row-${kind}`)}</dt>,
          <dd key={kind} className="tabular">
            {formats.number(rows[kind])}
          </dd>,
        ])}
      </dl>
    </Card>
  )
}

/** Whether sending runs, what waits, and what happens next by itself (sending.md §11.3). */
export const HealthPage = () => {
  const { t } = useTexts()
  const { data, error, isPending, refetch } = useQuery({
    ...read(readSendingHealth),
    refetchInterval: redrawMs,
  })
  return (
    <Page title={t('health.title')} purpose={t('health.purpose')}>
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending ? <CardSkeleton rows={6} /> : null}
      {data === undefined ? null : (
        <Stack gap="lg">
          <Verdict health={data} />
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <Next health={data} />
            <Signs health={data} />
          </SimpleGrid>
          <Rows health={data} />
          <ProviderTable health={data} />
          <NodeTable health={data} />
        </Stack>
      )}
    </Page>
  )
}
