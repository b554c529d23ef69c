import { Alert, Modal, Select, Stack, Switch, Text, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { startImpersonation } from '../../../../src/operator/impersonation/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { FormFoot } from '../../ui/form-foot.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { useSubmit } from '../../ui/submit.ts'
import type { Helped } from './helped.ts'

type Props = { readonly helped: Helped | null; readonly onClose: () => void }

const lengths = ['10', '20', '30'] as const

const useEntering = ({ account, user }: Helped) => {
  const [waiting, setWaiting] = useState(false)
  const form = useForm({ initialValues: { reason: '', minutes: '20', write: false } })
  const submitting = useSubmit(form, async ({ reason, minutes, write }) => {
    const body = { user_id: user.id, reason, minutes: Number(minutes), ...(write ? { write } : {}) }
    const answer = await call(startImpersonation, { params: { id: account.id }, body })
    if ('approval' in answer) return setWaiting(true)
    // A full load: everything in memory belongs to another session.
    window.location.assign('/')
  })
  return { form, waiting, ...submitting }
}

const Form = ({ helped, onClose }: Props & { readonly helped: Helped }) => {
  const { t } = useTexts()
  const { form, waiting, busy, error, submit } = useEntering(helped)
  if (waiting) return <Alert color="indigo">{t('instance.write-asked')}</Alert>
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm">{t('instance.enter-text')}</Text>
        <FormProblems form={form} error={error} labels={{ reason: t('instance.enter-reason') }} />
        <Textarea
          label={t('instance.enter-reason')}
          description={t('instance.enter-reason-hint')}
          minLength={10}
          maxLength={500}
          autosize
          minRows={2}
          data-autofocus
          {...form.getInputProps('reason')}
        />
        <Select
          label={t('instance.minutes')}
          allowDeselect={false}
          data={lengths.map((minutes) => ({
            value: minutes,
            label: t('instance.minutes-count', { count: Number(minutes) }),
          }))}
          {...form.getInputProps('minutes')}
        />
        <Switch
          label={t('instance.write')}
          description={t('instance.write-hint')}
          {...form.getInputProps('write', { type: 'checkbox' })}
        />
        <FormFoot
          action={t(form.values.write ? 'instance.write-ask' : 'instance.enter')}
          busy={busy}
          onCancel={onClose}
        />
      </Stack>
    </form>
  )
}

/** Seeing an account as one of its users does: with a reason, for a while, reading only. */
export const EnterDialog = ({ helped, onClose }: Props) => {
  const { t } = useTexts()
  const name = helped === null ? '' : `${helped.user.first_name} ${helped.user.last_name}`
  return (
    <Modal opened={helped !== null} onClose={onClose} title={t('instance.enter-title', { name })}>
      {helped === null ? null : <Form helped={helped} onClose={onClose} />}
    </Modal>
  )
}
