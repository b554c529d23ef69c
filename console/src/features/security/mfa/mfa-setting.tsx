import { Badge, Group, Select, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  changeUserMfa,
  getMfaPolicy,
  getUserMfa,
  type Setting,
  settings,
  type UserMfa,
} from '../../../../../src/security/mfa/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { isProblem } from '../../../lib/problem.ts'
import { read, refresh } from '../../../lib/queries.ts'
import { useMay } from '../../../lib/session.ts'
import { ConfirmDialog } from '../../../ui/confirm.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { CardSkeleton } from '../../../ui/skeletons.tsx'
import { AskService } from './mfa-section.tsx'

const statusColors = {
  off: 'gray',
  active: 'green',
  pending_verification: 'yellow',
  enrolment_pending: 'yellow',
} as const

/** Where the code goes, what holds in the end, and who says so. */
const Outcome = ({ mfa }: { readonly mfa: UserMfa }) => {
  const { t } = useTexts()
  const { setting, destination, effective, status } = mfa
  const sent = setting === 'email' || setting === 'sms'
  return (
    <Stack gap={4}>
      {sent && destination !== null ? (
        <Text size="sm">{t(setting === 'email' ? 'mfa.to-email' : 'mfa.to-sms', { destination })}</Text>
      ) : null}
      <Group gap="xs">
        <Badge color={statusColors[status]} variant="light" tt="none" radius="sm">
          {t(`mfa.status.${status}`)}
        </Badge>
        <Text size="sm" c="dimmed">
          {t(`mfa.by.${effective.by}`)}
        </Text>
      </Group>
    </Stack>
  )
}

const useOptions = (mfa: UserMfa) => {
  const { t, find } = useTexts()
  return mfa.options.map(({ value, available, reason }) => {
    const why = reason === undefined ? null : find('mfa', `option.${reason}`)
    return {
      value,
      label: available || why === null ? t(`mfa.setting.${value}`) : `${t(`mfa.setting.${value}`)}: ${why}`,
      disabled: !available && value !== mfa.setting,
    }
  })
}

type ChoiceProps = {
  readonly userId: string
  readonly name: string
  readonly mfa: UserMfa
  /** For administrators the right to guard the account is needed as well. */
  readonly administrator: boolean
}

const Choice = ({ userId, name, mfa, administrator }: ChoiceProps) => {
  const { t } = useTexts()
  const may = useMay()
  const client = useQueryClient()
  const data = useOptions(mfa)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [asking, setAsking] = useState(false)
  const store = async (setting: Setting) => {
    await call(changeUserMfa, { params: { id: userId }, body: { setting } })
    notifications.show({ color: 'green', message: t('mfa.setting-saved') })
    await refresh(client, getUserMfa, getMfaPolicy)
  }
  const choose = (value: string | null) => {
    const setting = settings.find((one) => one === value)
    if (setting === undefined || setting === mfa.setting) return
    if (setting === 'off') {
      setAsking(true)
      return
    }
    setBusy(true)
    setError(null)
    void store(setting)
      .catch(setError)
      .finally(() => setBusy(false))
  }
  const editable = may('account.users.manage') && (!administrator || may('account.security.manage'))
  return (
    <Stack gap="xs">
      <Select
        label={t('mfa.setting-title')}
        data={data}
        value={mfa.setting}
        onChange={choose}
        allowDeselect={false}
        disabled={!editable || busy}
      />
      <Outcome mfa={mfa} />
      {error === null ? null : <ErrorState error={error} />}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('mfa.off-title', { name })}
        action={t('mfa.off-act')}
        onConfirm={() => store('off')}
      >
        {t('mfa.off-text')}
      </ConfirmDialog>
    </Stack>
  )
}

const NotGranted = () => {
  const may = useMay()
  const { data } = useQuery({ ...read(getMfaPolicy), enabled: may('account.security.view') })
  return <AskService contact={data?.operator.contact ?? ''} />
}

type Props = { readonly userId: string; readonly name: string; readonly administrator?: boolean }

/** The drop-down «Multi-factor authentication upon login» of one user; greyed with the reason until it is granted. */
export const MfaSetting = ({ userId, name, administrator = false }: Props) => {
  const { data, error, refetch } = useQuery(read(getUserMfa, { params: { id: userId } }))
  if (isProblem(error, 'mfa_not_entitled')) return <NotGranted />
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <CardSkeleton rows={2} />
  return <Choice userId={userId} name={name} mfa={data} administrator={administrator} />
}
