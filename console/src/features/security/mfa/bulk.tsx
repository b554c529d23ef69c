import { Button, Group, List, Select, Stack, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  changeManyMfa,
  getMfaPolicy,
  getUserMfa,
  type MfaPolicy,
  type Setting,
  settings,
} from '../../../../../src/security/mfa/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { isProblem } from '../../../lib/problem.ts'
import { refresh } from '../../../lib/queries.ts'
import { useMay } from '../../../lib/session.ts'
import { ConfirmDialog } from '../../../ui/confirm.tsx'
import { usersOf } from './refused-users.tsx'

const useSetAll = (setting: Setting | null) => {
  const { t } = useTexts()
  const client = useQueryClient()
  return async (skip: boolean) => {
    if (setting === null) return
    const { changed, skipped } = await call(changeManyMfa, {
      body: { setting, user_ids: 'all', ...(skip ? { skip_without_phone: true } : {}) },
    })
    const names = skipped.map(({ name }) => name).join(', ')
    notifications.show({
      color: 'green',
      message: `${t('mfa.bulk-done', { changed })} ${names === '' ? '' : t('mfa.bulk-skipped', { names })}`,
    })
    await refresh(client, getMfaPolicy, getUserMfa)
  }
}

const isOffered = (policy: MfaPolicy, value: Setting): boolean => {
  if (value === 'off') return policy.operator.floor === 'none'
  if (value === 'own_choice') return true
  return policy.methods.includes(value) && policy.operator.methods.includes(value)
}

/** One setting for everybody; those without number are named before anything changes. */
export const Bulk = ({ policy }: { readonly policy: MfaPolicy }) => {
  const { t } = useTexts()
  const may = useMay()
  const [setting, setSetting] = useState<Setting | null>(null)
  const [asking, setAsking] = useState(false)
  const [without, setWithout] = useState<readonly { id: string; name: string }[]>([])
  const setAll = useSetAll(setting)
  if (!may('account.users.manage') || !may('account.security.manage')) return null
  const first = () =>
    setAll(false).catch((failure: unknown) => {
      if (!isProblem(failure, 'phone_required')) throw failure
      setWithout(usersOf(failure))
    })
  return (
    <Stack gap="xs">
      <Title order={3}>{t('mfa.bulk-title')}</Title>
      <Text size="sm" c="dimmed">
        {t('mfa.bulk-text')}
      </Text>
      <Group align="flex-end">
        <Select
          label={t('mfa.bulk-choice')}
          data={settings
            .filter((value) => isOffered(policy, value))
            .map((value) => ({ value, label: t(`mfa.setting.${value}`) }))}
          value={setting}
          onChange={(value) => setSetting(settings.find((one) => one === value) ?? null)}
          flex={1}
          miw={200}
        />
        <Button variant="default" disabled={setting === null} onClick={() => setAsking(true)}>
          {t('mfa.bulk-act')}
        </Button>
      </Group>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('mfa.bulk-confirm', { setting: setting === null ? '' : t(`mfa.setting.${setting}`) })}
        action={t('mfa.bulk-act')}
        danger={setting === 'off'}
        onConfirm={first}
      >
        {t('mfa.bulk-confirm-text')}
      </ConfirmDialog>
      <ConfirmDialog
        opened={without.length > 0}
        onClose={() => setWithout([])}
        title={t('mfa.bulk-without')}
        action={t('mfa.bulk-skip')}
        danger={false}
        onConfirm={() => setAll(true)}
      >
        <List size="sm">
          {without.map(({ id, name }) => (
            <List.Item key={id}>{name}</List.Item>
          ))}
        </List>
      </ConfirmDialog>
    </Stack>
  )
}
