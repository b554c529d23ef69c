import { Anchor, Badge, Group, Text, Tooltip } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Provider, SendingRoute } from '../../../../src/providers/contract.ts'
import type { Texts } from '../../i18n/message.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { Time } from '../../ui/figures.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { shapingText } from '../delivery/limiting.ts'
import { addressOfProvider, type EmailWay } from './email-way.ts'
import classes from './providers.module.css'
import { routeName } from './route-name.ts'

const State = ({ provider }: { readonly provider: Provider }) => {
  const texts = useTexts()
  const { t } = texts
  const formats = useFormats()
  const { circuit, limiting } = provider.state
  if (!provider.enabled) return <StatusBadge state="disabled" />
  if (circuit === 'closed') {
    const ready = <StatusBadge state="active" label={t('providers.state-ready')} />
    return limiting === null ? (
      ready
    ) : (
      <Tooltip label={t('providers.limiting', { reason: shapingText(limiting, texts, formats) ?? limiting })}>
        <span>{ready}</span>
      </Tooltip>
    )
  }
  return (
    <Tooltip label={t('providers.state-open-hint')} multiline maw={300}>
      <span>
        <StatusBadge state={circuit === 'open' ? 'failed' : 'held'} label={t(`providers.state-${circuit}`)} />
      </span>
    </Tooltip>
  )
}

const LastCheck = ({ provider }: { readonly provider: Provider }) => {
  const { t } = useTexts()
  const check = provider.state.last_check
  if (check === null) {
    return (
      <Text span size="sm" c="dimmed">
        {t('providers.check-never')}
      </Text>
    )
  }
  return (
    <Tooltip label={check.detail} multiline maw={340}>
      <span className={classes.check} data-ok={check.ok}>
        {check.ok ? <IconCircleCheck size={16} aria-hidden /> : <IconCircleX size={16} aria-hidden />}
        {t(check.ok ? 'providers.check-ok' : 'providers.check-failed')}
        <Text span size="xs" c="dimmed">
          <Time at={check.at} />
        </Text>
      </span>
    </Tooltip>
  )
}

const UseBadge = ({ route, provider }: { readonly route: SendingRoute; readonly provider: Provider }) => {
  const texts = useTexts()
  const place = route.providers.findIndex(({ provider_id }) => provider_id === provider.id)
  const percent = route.providers[place]?.percent
  const label =
    route.mode === 'split' && percent !== undefined
      ? texts.t('providers.use-share', { percent })
      : texts.t('providers.use-order', { place: place + 1 })
  return (
    <Tooltip label={label} multiline maw={280}>
      <Badge
        variant="light"
        color={route.enabled ? 'indigo' : 'gray'}
        radius="sm"
        tt="none"
        fw={550}
        // Focusable, so that the explanation is within reach of the keyboard.
        tabIndex={0}
      >
        {routeName(route, texts)}
      </Badge>
    </Tooltip>
  )
}

const Uses = ({ way, provider }: { readonly way: EmailWay; readonly provider: Provider }) => {
  const { t } = useTexts()
  const routes = way.routesOf(provider)
  if (routes.length === 0) {
    return (
      <Text span size="sm" c="dimmed">
        {t('providers.use-none')}
      </Text>
    )
  }
  return (
    <Group gap={4}>
      {routes.map((route) => (
        <UseBadge key={route.id} route={route} provider={provider} />
      ))}
    </Group>
  )
}

type Acts = {
  readonly way: EmailWay
  readonly onEdit: ((provider: Provider) => void) | null
  readonly menu: ((provider: Provider) => ReactNode) | null
}

export const providerColumns = ({ t }: Texts, { way, onEdit, menu }: Acts): readonly Column<Provider>[] => [
  {
    id: 'name',
    header: t('providers.name'),
    fixed: true,
    cell: (provider) => (
      <>
        {onEdit === null ? (
          <Text span fw={550}>
            {provider.name}
          </Text>
        ) : (
          <Anchor
            component="button"
            type="button"
            c="inherit"
            fw={550}
            size="sm"
            onClick={() => onEdit(provider)}
          >
            {provider.name}
          </Anchor>
        )}
        <Text size="xs" c="dimmed" truncate>
          {addressOfProvider(provider) ??
            t(provider.kind === 'mx' ? 'providers.direct-note' : 'providers.simulator-note')}
        </Text>
        {/* A phone has no room for the columns that say this. */}
        <div className={classes.narrowOnly}>
          <State provider={provider} />
          <Uses way={way} provider={provider} />
        </div>
      </>
    ),
  },
  {
    id: 'state',
    header: t('providers.state'),
    wide: true,
    cell: (provider) => <State provider={provider} />,
  },
  {
    id: 'last-check',
    header: t('providers.last-check'),
    wide: true,
    cell: (provider) => <LastCheck provider={provider} />,
  },
  {
    id: 'use',
    header: t('providers.use'),
    wide: true,
    cell: (provider) => <Uses way={way} provider={provider} />,
  },
  ...(menu === null
    ? []
    : [
        {
          id: 'menu',
          header: t('ui.actions'),
          fixed: true,
          align: 'end',
          cell: menu,
        } as const satisfies Column<Provider>,
      ]),
]
