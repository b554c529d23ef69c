import { Code, Stack, Text, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Webhook } from '../../../../src/webhooks/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { Figure, Time } from '../../ui/figures.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'

const stateOf = ({ enabled, proven, failing_since }: Webhook) => {
  if (!enabled) return { name: 'disabled', colour: 'disabled' } as const
  if (!proven) return { name: 'untested', colour: 'held' } as const
  return failing_since === null
    ? ({ name: 'active', colour: 'active' } as const)
    : ({ name: 'failing', colour: 'failed' } as const)
}

const useHint = (webhook: Webhook): ReactNode => {
  const { t } = useTexts()
  if (webhook.disabled_reason !== null) return t(`webhooks.reason-${webhook.disabled_reason}`)
  if (!webhook.proven) return t('webhooks.untested-hint')
  const [words, at] =
    webhook.failing_since === null
      ? (['webhooks.rotating-hint', webhook.rotation_until] as const)
      : (['webhooks.failing-hint', webhook.failing_since] as const)
  return at === null ? null : (
    <>
      {t(words)} <Time at={at} />
    </>
  )
}

/** The reason stands below the state: nobody has to hover to learn why nothing arrives. */
const State = ({ webhook }: { readonly webhook: Webhook }) => {
  const { t } = useTexts()
  const { name, colour } = stateOf(webhook)
  const hint = useHint(webhook)
  return (
    <Stack gap={2} maw={260}>
      <StatusBadge state={colour} label={t(`webhooks.state-${name}`)} />
      {hint === null ? null : (
        <Text span size="xs" c="dimmed">
          {hint}
        </Text>
      )}
    </Stack>
  )
}

const Target = ({ webhook }: { readonly webhook: Webhook }) => (
  <Stack gap={0} miw={0}>
    <Text span size="sm" fw={550}>
      {webhook.name}
    </Text>
    <Tooltip multiline maw={420} label={webhook.url}>
      <Code>{new URL(webhook.url).host}</Code>
    </Tooltip>
  </Stack>
)

const percent = { style: 'percent', maximumFractionDigits: 1 } as const

export const useWebhookColumns = (menu: (webhook: Webhook) => ReactNode): Column<Webhook>[] => {
  const { t, language } = useTexts()
  const rates = new Intl.NumberFormat(language, percent)
  return [
    { id: 'name', header: t('webhooks.name'), fixed: true, cell: (webhook) => <Target webhook={webhook} /> },
    { id: 'state', header: t('webhooks.state'), cell: (webhook) => <State webhook={webhook} /> },
    {
      id: 'events',
      header: t('webhooks.events'),
      wide: true,
      cell: ({ events }) => (
        <Tooltip multiline maw={420} label={events.join(', ')}>
          <span>{t('webhooks.events-count', { count: events.length })}</span>
        </Tooltip>
      ),
    },
    {
      id: 'rate',
      header: t('webhooks.rate'),
      wide: true,
      cell: ({ success_rate }) =>
        success_rate === null ? t('webhooks.rate-none') : rates.format(success_rate),
    },
    {
      id: 'waiting',
      header: t('webhooks.waiting'),
      wide: true,
      cell: ({ oldest_waiting_at }) =>
        oldest_waiting_at === null ? t('webhooks.nothing') : <Time at={oldest_waiting_at} />,
    },
    {
      id: 'dead',
      header: t('webhooks.dead'),
      wide: true,
      align: 'end',
      cell: ({ dead_letters }) => <Figure value={dead_letters} />,
    },
    { id: 'menu', header: '', align: 'end', cell: menu },
  ]
}
