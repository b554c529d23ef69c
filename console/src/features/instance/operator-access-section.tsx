import { Alert, Button, Group, Select, Stack, Switch, Table, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  changeOperatorAccess,
  createSupportGrant,
  getOperatorAccess,
  listSupportGrants,
  revokeSupportGrant,
  type SupportGrant,
} from '../../../../src/operator/access/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { read, refresh } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Time } from '../../ui/figures.tsx'
import { Section } from '../../ui/section.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'

const lengths = ['1', '8', '24', '168'] as const
const hoursOf = (text: string) => ([1, 8, 24, 168] as const).find((hours) => String(hours) === text) ?? 24

const useAct = () => {
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const run = async (act: () => Promise<unknown>) => {
    setBusy(true)
    setError(null)
    try {
      await act()
      await refresh(client, getOperatorAccess, listSupportGrants)
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  return { busy, error, run }
}

const Grants = ({
  grants,
  act,
}: {
  readonly grants: readonly SupportGrant[]
  readonly act: ReturnType<typeof useAct>
}) => {
  const { t } = useTexts()
  if (grants.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('instance.no-grant')}
      </Text>
    )
  return (
    <Table>
      <Table.Tbody>
        {grants.map((grant) => (
          <Table.Tr key={grant.id}>
            <Table.Td>
              {t('instance.grant-until')} <Time at={grant.expires_at} />
              <Text size="xs" c="dimmed">
                {grant.granted_by.name}
              </Text>
            </Table.Td>
            <Table.Td ta="right">
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                loading={act.busy}
                onClick={() => void act.run(() => call(revokeSupportGrant, { params: { id: grant.id } }))}
              >
                {t('instance.grant-end')}
              </Button>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

const SupportGrants = () => {
  const { t } = useTexts()
  const act = useAct()
  const [hours, setHours] = useState<string>('24')
  const grants = useQuery(read(listSupportGrants, { query: { limit: 50 } }))
  if (grants.error) return <ErrorState error={grants.error} onRetry={() => void grants.refetch()} />
  if (!grants.data) return <RowsSkeleton rows={2} />
  const grant = () =>
    act.run(async () => {
      await call(createSupportGrant, { body: { hours: hoursOf(hours) } })
      notifications.show({ color: 'green', message: t('instance.granted') })
    })
  return (
    <Stack gap="sm">
      <Text size="sm">{t('instance.grant-text')}</Text>
      <Group align="flex-end" gap="sm">
        <Select
          w={180}
          label={t('instance.grant-for')}
          allowDeselect={false}
          value={hours}
          onChange={(next) => setHours(next ?? '24')}
          data={lengths.map((count) => ({ value: count, label: t(`instance.grant-${count}`) }))}
        />
        <Button variant="default" loading={act.busy} onClick={() => void grant()}>
          {t('instance.grant')}
        </Button>
      </Group>
      {act.error === null ? null : <ErrorState error={act.error} />}
      <Grants grants={grants.data.data.filter((one) => one.live)} act={act} />
    </Stack>
  )
}

/** What the operator’s people may see of this account, and the only place where it is decided. */
export const OperatorAccessSection = () => {
  const { t } = useTexts()
  const may = useMay()
  const act = useAct()
  const { data, error, refetch } = useQuery(read(getOperatorAccess))
  const set = (allowed: boolean) =>
    act.run(() => call(changeOperatorAccess, { body: { impersonation: allowed ? 'allowed' : 'forbidden' } }))
  return (
    <Section title={t('instance.access')} text={t('instance.access-text')}>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined ? (
        error ? null : (
          <RowsSkeleton rows={2} />
        )
      ) : (
        <Stack gap="lg">
          <Switch
            label={t('instance.access-allow')}
            description={t('instance.access-allow-hint')}
            checked={data.impersonation === 'allowed'}
            disabled={act.busy || !may('account.security.manage')}
            onChange={(event) => void set(event.currentTarget.checked)}
          />
          {act.error === null ? null : <ErrorState error={act.error} />}
          {data.impersonation === 'forbidden' ? (
            <Alert color="gray">{t('instance.access-forbidden')}</Alert>
          ) : may('account.support_access.manage') ? (
            <SupportGrants />
          ) : null}
        </Stack>
      )}
    </Section>
  )
}
