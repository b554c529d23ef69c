import { Badge, Button, Group, List, Stack, Text, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { getUserMfa, type UserMfa } from '../../../../../src/security/mfa/contract.ts'
import { resetUserMfa, vouchForUser } from '../../../../../src/security/resets/contract.ts'
import { endUserSessions, listUserSessions } from '../../../../../src/security/users/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { isProblem } from '../../../lib/problem.ts'
import { read, refresh } from '../../../lib/queries.ts'
import { useMay, useSession } from '../../../lib/session.ts'
import { ConfirmDialog } from '../../../ui/confirm.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Time } from '../../../ui/figures.tsx'
import { Section } from '../../../ui/section.tsx'
import { RowsSkeleton } from '../../../ui/skeletons.tsx'

type Person = { readonly userId: string; readonly name: string }

const Factors = ({ mfa }: { readonly mfa: UserMfa }) => {
  const { t } = useTexts()
  return (
    <Stack gap="xs">
      {mfa.factors.length === 0 ? <Text c="dimmed">{t('mfa.user-none')}</Text> : null}
      <List listStyleType="none" spacing="sm">
        {mfa.factors.map((factor) => (
          <List.Item key={`${factor.type} ${factor.confirmed_at} ${factor.name}`}>
            <Group gap="xs">
              <Text fw={550}>{t(`second-factor.method.${factor.type}`)}</Text>
              {factor.name === null ? null : <Text size="sm">{factor.name}</Text>}
              {factor.confirmed_at === null ? (
                <Badge color="yellow" variant="light" tt="none" radius="sm">
                  {t('factors.status.pending')}
                </Badge>
              ) : null}
            </Group>
            <Text size="sm" c="dimmed" component="div">
              {factor.last_used_at === null ? (
                t('factors.never')
              ) : (
                <>
                  {t('factors.used')} <Time at={factor.last_used_at} />
                </>
              )}
            </Text>
          </List.Item>
        ))}
      </List>
      <Text size="sm">{t('mfa.user-codes', { count: mfa.recovery_codes_left })}</Text>
    </Stack>
  )
}

type ActProps = Person & {
  readonly act: 'reset' | 'vouch'
  readonly opened: boolean
  readonly onClose: () => void
}

/** Both want a reason, which stands in the application log. */
const Act = ({ userId, name, act, opened, onClose }: ActProps) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const confirm = async () => {
    const input = { params: { id: userId }, body: { reason } }
    if (act === 'vouch') {
      await call(vouchForUser, input)
      notifications.show({ color: 'green', message: t('mfa.vouch-done') })
    } else {
      const { status } = await call(resetUserMfa, input)
      notifications.show({
        color: 'green',
        message: t(status === 'done' ? 'mfa.reset-done' : 'mfa.reset-asked'),
      })
    }
    setReason('')
    await refresh(client, getUserMfa, listUserSessions)
  }
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t(act === 'reset' ? 'mfa.reset-title' : 'mfa.vouch-title', { name })}
      action={t(act === 'reset' ? 'mfa.reset-yes' : 'mfa.vouch-act')}
      danger={act === 'reset'}
      disabled={reason.trim() === ''}
      onConfirm={confirm}
    >
      <Stack gap="md">
        <Text size="sm">{t(act === 'reset' ? 'mfa.reset-text' : 'mfa.vouch-text')}</Text>
        {act === 'reset' ? <Text size="sm">{t('mfa.reset-administrator')}</Text> : null}
        <Textarea
          label={t('mfa.reset-reason')}
          description={t('mfa.reset-reason-hint')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={1000}
          autosize
          minRows={2}
          data-autofocus
        />
      </Stack>
    </ConfirmDialog>
  )
}

/** What a colleague confirms with, and what an administrator can do when that is lost. */
export const UserSecurity = ({ userId, name }: Person) => {
  const { t } = useTexts()
  const may = useMay()
  const session = useSession()
  const { data, error, refetch } = useQuery(read(getUserMfa, { params: { id: userId } }))
  const [open, setOpen] = useState<'reset' | 'vouch' | null>(null)
  const close = () => setOpen(null)
  const notGranted = isProblem(error, 'mfa_not_entitled')
  return (
    <Section title={t('mfa.user-title')} text={t('mfa.user-text')}>
      {error === null || notGranted ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <RowsSkeleton rows={2} /> : null}
      {notGranted ? <Text size="sm">{t('mfa.ask-service')}</Text> : null}
      {data === undefined ? null : <Factors mfa={data} />}
      {may('account.users.manage') && session.user.id !== userId ? (
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setOpen('vouch')}>
            {t('mfa.vouch')}
          </Button>
          <Button variant="light" color="red" onClick={() => setOpen('reset')}>
            {t('mfa.reset')}
          </Button>
        </Group>
      ) : null}
      <Act act="reset" userId={userId} name={name} opened={open === 'reset'} onClose={close} />
      <Act act="vouch" userId={userId} name={name} opened={open === 'vouch'} onClose={close} />
    </Section>
  )
}

/** Beneath the list of a colleague's sessions. */
export const SignOutEverywhere = ({ userId, name }: Person) => {
  const { t } = useTexts()
  const may = useMay()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  if (!may('account.users.manage')) return null
  const end = async () => {
    await call(endUserSessions, { params: { id: userId } })
    notifications.show({ color: 'green', message: t('mfa.sessions-ended') })
    await refresh(client, listUserSessions)
  }
  return (
    <Group justify="flex-end">
      <Button variant="light" color="red" onClick={() => setAsking(true)}>
        {t('mfa.sessions-end')}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('mfa.sessions-end-title', { name })}
        action={t('mfa.sessions-end')}
        onConfirm={end}
      >
        {t('mfa.sessions-end-text')}
      </ConfirmDialog>
    </Group>
  )
}
