import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import {
  closeAccount,
  getOperatedAccount,
  listAccounts,
  type OperatedAccount,
  reopenAccount,
  resumeAccount,
  suspendAccount,
} from '../../../../src/operator/accounts/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { ErrorState } from '../../ui/error-state.tsx'

const acts = {
  activate: resumeAccount,
  suspend: suspendAccount,
  resume: resumeAccount,
  close: closeAccount,
  reopen: reopenAccount,
} as const
type Act = keyof typeof acts

const offered: Readonly<Record<OperatedAccount['status'], readonly Act[]>> = {
  pending: ['activate', 'close'],
  test: ['activate', 'suspend', 'close'],
  active: ['suspend', 'close'],
  suspended: ['resume', 'close'],
  closed: ['reopen'],
}

type BodyProps = { readonly account: OperatedAccount; readonly act: Act; readonly onClose: () => void }

const useAct = ({ account, act, onClose }: BodyProps) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const run = async (reason: string) => {
    setBusy(true)
    setError(null)
    try {
      await call(acts[act], { params: { id: account.id }, body: { reason } })
      await refresh(client, getOperatedAccount, listAccounts)
      notifications.show({ color: 'green', message: t(`instance.${act}-done`, { name: account.name }) })
      onClose()
    } catch (failure) {
      setError(failure)
      setBusy(false)
    }
  }
  return { busy, error, run }
}

const Body = (props: BodyProps) => {
  const { account, act, onClose } = props
  const { t } = useTexts()
  const { busy, error, run } = useAct(props)
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState('')
  const unsure = act === 'close' && typed.trim() !== account.name
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void run(reason)
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">{t(`instance.${act}-text`)}</Text>
        <Textarea
          label={t('instance.reason')}
          description={t('instance.reason-hint')}
          minLength={3}
          maxLength={500}
          autosize
          required
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {act === 'close' ? (
          <TextInput
            label={t('ui.confirm-type', { word: account.name })}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        ) : null}
        {error === null ? null : <ErrorState error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={busy}>
            {t('ui.cancel')}
          </Button>
          <Button
            type="submit"
            loading={busy}
            disabled={unsure || reason.trim().length < 3}
            {...(act === 'close' || act === 'suspend' ? { color: 'red' } : {})}
          >
            {t(`instance.${act}`)}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** What can be done with the account as it stands; each asks for a reason that its people see. */
export const StatusActs = ({ account }: { readonly account: OperatedAccount }) => {
  const { t } = useTexts()
  const [asked, setAsked] = useState<Act | null>(null)
  const close = () => setAsked(null)
  return (
    <>
      <Group gap="xs">
        {offered[account.status].map((act) => (
          <Button
            key={act}
            variant={act === 'activate' || act === 'resume' ? 'filled' : 'default'}
            onClick={() => setAsked(act)}
          >
            {t(`instance.${act}`)}
          </Button>
        ))}
      </Group>
      <Modal
        opened={asked !== null}
        onClose={close}
        title={asked === null ? '' : t(`instance.${asked}-title`, { name: account.name })}
      >
        {asked === null ? null : <Body account={account} act={asked} onClose={close} />}
      </Modal>
    </>
  )
}
