import { ActionIcon, Alert, Button, Card, Group, Menu, Progress, Stack, Text, Title } from '@mantine/core'
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { changeWarmup, listWarmups, type WarmupPlan } from '../../../../../src/providers/warmup/contract.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { refresh } from '../../../lib/queries.ts'
import { Chart } from '../../../ui/charts/chart.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { StatusBadge } from '../../../ui/status-badge.tsx'

type PlanProps = { readonly plan: WarmupPlan }
type Acts = { readonly onEdit: () => void; readonly onDelete: () => void }

/** More bars than this cannot be told apart. */
const barDaysMax = 45

const badges = { active: 'active', stopped: 'held', finished: 'finished' } as const

const Today = ({ plan }: PlanProps) => {
  const { t } = useTexts()
  const formats = useFormats()
  const { today } = plan
  if (today === null || plan.state !== 'active') return null
  const used = today.cap === 0 ? 100 : Math.min(100, (today.sent / today.cap) * 100)
  const label = t('delivery.warmup-today-used', {
    sent: formats.number(today.sent),
    cap: formats.number(today.cap),
  })
  const more = [
    today.transactional > 0 ? t('delivery.warmup-transactional', { count: today.transactional }) : null,
    today.open > 0 ? t('delivery.warmup-open', { count: today.open }) : null,
    today.diverted > 0 ? t('delivery.warmup-diverted', { count: today.diverted }) : null,
  ].filter((text) => text !== null)
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={6}>
        <Text size="sm" fw={550}>
          {t('delivery.warmup-today', { n: today.n, days: plan.days })}
        </Text>
        <Text size="sm" className="tabular" role="status">
          {label}
        </Text>
      </Group>
      <Progress value={used} aria-label={label} />
      {more.length === 0 ? null : (
        <Text size="xs" c="dimmed" mt={6}>
          {more.join(' · ')}
        </Text>
      )}
      <Text size="xs" c="dimmed" mt={6}>
        {t('delivery.warmup-rates', {
          hard: formats.percent(today.hard_bounce_rate),
          complaints: formats.percent(today.complaint_rate),
          blocks: formats.percent(today.block_rate),
        })}
      </Text>
    </div>
  )
}

const Cause = ({ plan }: PlanProps) => {
  const { t } = useTexts()
  if (plan.state === 'finished') {
    return (
      <Text size="sm" c="dimmed">
        {t('delivery.warmup-finished-text')}
      </Text>
    )
  }
  if (plan.state !== 'stopped') return null
  return (
    <Alert color="yellow" variant="light" role="status">
      {t(`delivery.warmup-stopped-${plan.stop_reason ?? 'person'}`)}
    </Alert>
  )
}

const PlanMenu = ({ plan, acts }: PlanProps & { readonly acts: Acts }) => {
  const { t } = useTexts()
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('delivery.warmup-actions', { subject: plan.subject })}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {plan.state === 'finished' ? null : (
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={acts.onEdit}>
            {t('ui.edit')}
          </Menu.Item>
        )}
        <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={acts.onDelete}>
          {t('ui.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

const Switch = ({ plan, onError }: PlanProps & { readonly onError: (error: unknown) => void }) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  if (plan.state === 'finished') return null
  const next = plan.state === 'active' ? 'stopped' : 'active'
  const act = async () => {
    setBusy(true)
    onError(null)
    try {
      await call(changeWarmup, { params: { id: plan.id }, body: { state: next }, ifMatch: plan.version })
      await refresh(client, listWarmups)
    } catch (error) {
      onError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button
      size="xs"
      variant={next === 'active' ? 'filled' : 'default'}
      loading={busy}
      onClick={() => void act()}
    >
      {t(next === 'active' ? 'delivery.warmup-resume' : 'delivery.warmup-stop')}
    </Button>
  )
}

const PlanChart = ({ plan }: PlanProps) => {
  const { t } = useTexts()
  const formats = useFormats()
  return (
    <Chart
      kind={plan.days <= barDaysMax ? 'bar' : 'line'}
      height={200}
      title={t('delivery.warmup-chart')}
      axis={t('delivery.warmup-axis')}
      points={plan.schedule.map(({ n, day, cap, sent }) => ({
        at: `${n} · ${formats.date(`${day}T12:00:00Z`)}`,
        cap,
        ...(sent === null ? {} : { sent }),
      }))}
      series={[
        { name: 'cap', label: t('delivery.warmup-cap') },
        { name: 'sent', label: t('delivery.warmup-sent'), state: 'accepted' },
      ]}
    />
  )
}

/** One plan: what it allows today, how it goes, and its days as a chart. */
export const PlanCard = ({ plan, acts }: PlanProps & { readonly acts: Acts | null }) => {
  const { t } = useTexts()
  const [error, setError] = useState<unknown>(null)
  return (
    <Card withBorder padding="lg" component="section" aria-label={plan.subject}>
      <Stack gap="md">
        <Group justify="space-between" gap="sm">
          <Group gap="sm" style={{ minWidth: 0 }}>
            <Title order={2} style={{ overflowWrap: 'anywhere' }}>
              {plan.subject}
            </Title>
            <StatusBadge state={badges[plan.state]} label={t(`delivery.warmup-state-${plan.state}`)} />
          </Group>
          {acts === null ? null : (
            <Group gap="xs">
              <Switch plan={plan} onError={setError} />
              <PlanMenu plan={plan} acts={acts} />
            </Group>
          )}
        </Group>
        {error === null ? null : <ErrorState error={error} />}
        <Cause plan={plan} />
        <Today plan={plan} />
        <PlanChart plan={plan} />
      </Stack>
    </Card>
  )
}
