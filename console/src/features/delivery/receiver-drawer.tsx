import { Alert, Anchor, Drawer, Stack, Text, Title } from '@mantine/core'
import { IconClockPause } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Receiver, readReceiverTimeline } from '../../../../src/providers/receivers/contract.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { Time } from '../../ui/figures.tsx'
import { AnswerChart } from './answer-chart.tsx'
import classes from './delivery.module.css'
import type { Period } from './period.ts'
import { RateNow } from './receiver-columns.tsx'
import { SiteName } from './receiver-state.tsx'

type ReceiverProps = { readonly receiver: Receiver }

const Slowed = ({ receiver }: ReceiverProps) => {
  const { t } = useTexts()
  const formats = useFormats()
  const { slowed_at = null, full_at = null } = receiver.shaping ?? {}
  if (slowed_at === null) return null
  return (
    <Alert color="yellow" variant="light" icon={<IconClockPause size={20} />} role="status">
      <Text size="sm">{t('delivery.slowed-text', { at: formats.dateTime(slowed_at) })}</Text>
      {full_at === null ? null : (
        <Text size="sm" mt={4} fw={550}>
          {t('delivery.full-at', { at: formats.dateTime(full_at) })}
        </Text>
      )}
    </Alert>
  )
}

const LastWord = ({ receiver: { reason } }: ReceiverProps) => {
  const { t } = useTexts()
  return (
    <section aria-label={t('delivery.last-word')}>
      <Title order={3}>{t('delivery.last-word')}</Title>
      {reason === null ? (
        <Text size="sm" c="dimmed">
          {t('delivery.last-word-none')}
        </Text>
      ) : (
        <>
          <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }} lang="en">
            {reason.text}
          </Text>
          <Text size="xs" c="dimmed">
            <Time at={reason.at} />
          </Text>
        </>
      )}
    </section>
  )
}

const Waiting = ({ receiver }: ReceiverProps) => {
  const { t } = useTexts()
  if (receiver.queued === 0) return null
  return (
    <Text size="sm">
      {t('delivery.waiting', { count: receiver.queued })}
      {receiver.retrying === 0 ? null : <>, {t('delivery.retrying', { count: receiver.retrying })}</>}
      {receiver.next_try_at === null ? null : (
        <>
          {' · '}
          {t('delivery.next-try')}: <Time at={receiver.next_try_at} />
        </>
      )}
    </Text>
  )
}

const Limits = ({ receiver }: ReceiverProps) => {
  const { t } = useTexts()
  const formats = useFormats()
  const may = useMay()('email.settings.view')
  const { shaping } = receiver
  if (shaping === null) {
    return (
      <Text size="sm" c="dimmed">
        {t('delivery.limits-none')}
      </Text>
    )
  }
  const limit = (value: number | null) => (value === null ? t('delivery.unlimited') : formats.number(value))
  const facts = [
    ['connections', shaping.connections],
    ['messages-per-connection', shaping.messages_per_connection],
    ['per-minute', shaping.per_minute],
    ['per-hour', shaping.per_hour],
  ] as const
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        {shaping.rule_site === '*'
          ? t('delivery.limits-usual')
          : t('delivery.limits-of', { site: shaping.rule_site })}
      </Text>
      <dl className={classes.facts}>
        <dt>{t('delivery.rate')}</dt>
        <dd>
          <RateNow receiver={receiver} />
        </dd>
        {facts.flatMap(([name, value]) => [
          <dt key={`${name}-name`}>{t(`delivery.${name}`)}</dt>,
          <dd key={name}>{limit(value)}</dd>,
        ])}
      </dl>
      {may ? (
        <Anchor component={Link} to="/email/settings/shaping" size="sm" mt="xs" display="inline-block">
          {t('delivery.set-limits')}
        </Anchor>
      ) : null}
    </>
  )
}

const Content = ({ receiver, hours }: ReceiverProps & { readonly hours: Period }) => {
  const { t } = useTexts()
  const { data } = useQuery({
    ...read(readReceiverTimeline, { query: { hours, site: receiver.site } }),
    placeholderData: keepPreviousData,
  })
  return (
    <Stack gap="lg">
      <Slowed receiver={receiver} />
      <Waiting receiver={receiver} />
      <LastWord receiver={receiver} />
      {data === undefined ? null : (
        <AnswerChart title={t('delivery.chart')} slots={data.data} hours={hours} />
      )}
      <section aria-label={t('delivery.limits')}>
        <Title order={3} mb={4}>
          {t('delivery.limits')}
        </Title>
        <Limits receiver={receiver} />
      </section>
    </Stack>
  )
}

type Props = { readonly receiver: Receiver | null; readonly hours: Period; readonly onClose: () => void }

/** One receiver: what it said, what waits for it, what it gets. */
export const ReceiverDrawer = ({ receiver, hours, onClose }: Props) => {
  const { t } = useTexts()
  return (
    <Drawer
      opened={receiver !== null}
      onClose={onClose}
      position="right"
      size={560}
      title={receiver === null ? '' : <SiteName site={receiver.site} />}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      {receiver === null ? null : <Content receiver={receiver} hours={hours} />}
    </Drawer>
  )
}
