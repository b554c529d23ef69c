import { Alert, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { ReplyOf } from '../../../../src/http/contract.ts'
import { getIpPolicy, getRoleIpList, putRoleIpList } from '../../../../src/security/network/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { read } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import { useAfterChange } from './ip/use-ip.ts'
import { NetworkRows } from './network-rows.tsx'

type List = ReplyOf<typeof getRoleIpList>
type Item = List['data'][number]

const toAddress = ({ input, label, expires_at }: Item) => ({ address: input, label, expires_at })

const useRoleList = (roleId: string, list: List) => {
  const after = useAfterChange()
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const put = async (addresses: readonly ReturnType<typeof toAddress>[]): Promise<boolean> => {
    setBusy(true)
    setError(null)
    try {
      const body = {
        addresses: [...addresses],
        ...(addresses.length === 0 ? { confirm: 'open' as const } : {}),
      }
      await call(putRoleIpList, { params: { id: roleId }, body, ifMatch: list.version })
      await after('networks.role-saved')
      return true
    } catch (failure) {
      setError(failure)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { put, busy, error }
}

const Editor = ({ roleId, list }: { readonly roleId: string; readonly list: List }) => {
  const { t } = useTexts()
  const editable = useMay()('account.security.manage')
  const { put, busy, error } = useRoleList(roleId, list)
  const [address, setAddress] = useState('')
  const add = async (event: FormEvent) => {
    event.preventDefault()
    const added = { address, label: null, expires_at: null }
    if (await put([...list.data.map(toAddress), added])) setAddress('')
  }
  const remove = (id: string) => void put(list.data.filter((one) => one.id !== id).map(toAddress))
  return (
    <Stack gap="sm">
      <NetworkRows rows={list.data} onDelete={editable ? remove : null} empty={t('networks.role-empty')} />
      {editable ? (
        <Group component="form" align="flex-end" gap="sm" onSubmit={(event) => void add(event)}>
          <TextInput
            flex={1}
            miw={200}
            label={t('networks.field')}
            value={address}
            autoComplete="off"
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
          <Button type="submit" loading={busy} disabled={address.trim() === ''}>
            {t('networks.add')}
          </Button>
        </Group>
      ) : null}
      {error === null ? null : <ErrorState error={error} />}
    </Stack>
  )
}

/** The networks that holders of a role are held to, beside the account's own list. */
export const RoleNetworks = ({ roleId }: { readonly roleId: string }) => {
  const { t } = useTexts()
  const { data, error, refetch } = useQuery(read(getRoleIpList, { params: { id: roleId } }))
  const policy = useQuery(read(getIpPolicy))
  return (
    <Stack gap="sm" component="section" aria-label={t('networks.role-title')}>
      <Title order={2}>{t('networks.role-title')}</Title>
      <Text size="sm" c="dimmed" maw="72ch">
        {t('networks.role-text')}
      </Text>
      {policy.data !== undefined && policy.data.state !== 'enforce' && (data?.data.length ?? 0) > 0 ? (
        <Alert color="yellow">{t('networks.warn-not_enforced')}</Alert>
      ) : null}
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined ? (
        error === null ? (
          <RowsSkeleton rows={2} />
        ) : null
      ) : (
        <Editor roleId={roleId} list={data} />
      )}
    </Stack>
  )
}
