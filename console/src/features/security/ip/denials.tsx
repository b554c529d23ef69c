import { Button, Group, List, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReplyOf } from '../../../../../src/http/contract.ts'
import { addIpEntry, getIpReport } from '../../../../../src/security/network/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { read } from '../../../lib/queries.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Figure, Time } from '../../../ui/figures.tsx'
import { RowsSkeleton } from '../../../ui/skeletons.tsx'
import { useAfterChange } from './use-ip.ts'

type Report = ReplyOf<typeof getIpReport>

const Proposals = ({ proposals }: { readonly proposals: Report['proposals'] }) => {
  const { t } = useTexts()
  const after = useAfterChange()
  const [error, setError] = useState<unknown>(null)
  const add = async (address: string) => {
    setError(null)
    try {
      await call(addIpEntry, { body: { address, activate: false } })
      await after('networks.added', { address })
    } catch (failure) {
      setError(failure)
    }
  }
  if (proposals.length === 0) return null
  return (
    <Stack gap="xs">
      <Text size="sm">{t('networks.proposals')}</Text>
      {error === null ? null : <ErrorState error={error} />}
      <List listStyleType="none" spacing={6}>
        {proposals.map(({ address, sign_ins, users }) => (
          <List.Item key={address}>
            <Group gap="sm">
              <Text span size="sm" fw={550}>
                {address}
              </Text>
              <Text span size="sm" c="dimmed">
                {t('networks.proposal', { count: sign_ins, users })}
              </Text>
              <Button size="compact-xs" variant="default" onClick={() => void add(address)}>
                {t('networks.add-this', { address })}
              </Button>
            </Group>
          </List.Item>
        ))}
      </List>
    </Stack>
  )
}

const DenialTable = ({ denials }: { readonly denials: Report['denials'] }) => {
  const { t } = useTexts()
  if (denials.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('networks.no-denials')}
      </Text>
    )
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table aria-label={t('networks.denials')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('networks.address')}</Table.Th>
            <Table.Th>{t('networks.scopes')}</Table.Th>
            <Table.Th ta="end">{t('networks.hits')}</Table.Th>
            <Table.Th>{t('networks.last')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {denials.map((one) => (
            <Table.Tr key={`${one.address} ${one.scope} ${one.user_id}`}>
              <Table.Td>{one.address}</Table.Td>
              <Table.Td>{t(`networks.scope-${one.scope}`)}</Table.Td>
              <Table.Td ta="end">
                <Figure value={one.hits} />
              </Table.Td>
              <Table.Td>
                <Time at={one.last_at} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

/** Whom the list would have refused while it only reported, and entries to make of real sign-ins. */
export const Denials = ({ editable }: { readonly editable: boolean }) => {
  const { t } = useTexts()
  const { data, error, refetch } = useQuery(read(getIpReport))
  return (
    <Stack gap="xs">
      <Title order={3}>{t('networks.denials')}</Title>
      <Text size="sm" c="dimmed">
        {t('networks.denials-text')}
      </Text>
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined ? (
        error === null ? (
          <RowsSkeleton rows={2} />
        ) : null
      ) : (
        <DenialTable denials={data.denials} />
      )}
      {data === undefined || !editable ? null : <Proposals proposals={data.proposals} />}
    </Stack>
  )
}
