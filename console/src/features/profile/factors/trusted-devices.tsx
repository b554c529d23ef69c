import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReplyOf } from '../../../../../src/http/contract.ts'
import {
  forgetTrustedDevice,
  forgetTrustedDevices,
  listTrustedDevices,
} from '../../../../../src/security/devices/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { refresh, usePages } from '../../../lib/queries.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Time } from '../../../ui/figures.tsx'
import { Section } from '../../../ui/section.tsx'
import classes from '../own-sessions.module.css'

type Device = ReplyOf<typeof listTrustedDevices>['data'][number]

const useForget = (act: () => Promise<unknown>) => {
  const { t } = useTexts()
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: () => {
      notifications.show({ color: 'green', message: t('factors.forgotten') })
      return refresh(client, listTrustedDevices)
    },
  })
}

const Row = ({ device }: { readonly device: Device }) => {
  const { t } = useTexts()
  const forget = useForget(() => call(forgetTrustedDevice, { params: { id: device.id } }))
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <Text fw={550}>{device.agent}</Text>
        <Text size="sm" c="dimmed" component="div">
          {device.address} · {t('factors.device-used')} <Time at={device.last_used_at} /> ·{' '}
          {t('factors.device-until')} <Time at={device.expires_at} />
        </Text>
        {forget.error === null ? null : <ErrorState error={forget.error} />}
      </div>
      <Button
        variant="default"
        size="xs"
        loading={forget.isPending}
        onClick={() => forget.mutate()}
        aria-label={t('factors.forget-label', { agent: device.agent })}
      >
        {t('factors.forget')}
      </Button>
    </li>
  )
}

/** Browsers that skip the code, and the way to make them ask again. */
export const TrustedDevices = () => {
  const { t } = useTexts()
  const { rows, error, isPending, retry } = usePages(listTrustedDevices, { query: {} })
  const forgetAll = useForget(() => call(forgetTrustedDevices))
  return (
    <Section title={t('factors.devices-title')} text={t('factors.devices-text')}>
      {error === null ? null : <ErrorState error={error} onRetry={retry} />}
      {!isPending && rows.length === 0 && error === null ? (
        <Text size="sm" c="dimmed">
          {t('factors.devices-none')}
        </Text>
      ) : null}
      <ul className={classes.list}>
        {rows.map((device) => (
          <Row key={device.id} device={device} />
        ))}
      </ul>
      {rows.length > 1 ? (
        <Group justify="flex-end">
          <Button
            variant="light"
            color="red"
            loading={forgetAll.isPending}
            onClick={() => forgetAll.mutate()}
          >
            {t('factors.forget-all')}
          </Button>
        </Group>
      ) : null}
    </Section>
  )
}
