import { Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { listOperatorApprovals } from '../../../../src/approvals/contract.ts'
import { askForException } from '../../../../src/operator/exceptions/contract.ts'
import { requestOperatorMfaReset } from '../../../../src/security/resets/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { FormFoot } from '../../ui/form-foot.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { useSubmit } from '../../ui/submit.ts'
import type { Helped } from './helped.ts'

type Props = { readonly helped: Helped | null; readonly onClose: () => void }
type FormProps = Props & { readonly helped: Helped }

const hours = ['1', '4', '8', '24'] as const
const addressCodes = {
  bad_address: 'address',
  host_bits_set: 'address',
  embedded_ipv4: 'address',
  reserved_address: 'address',
  private_address: 'address',
}

const useRequest = (send: (values: Values) => Promise<unknown>, onClose: () => void) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const form = useForm<Values>({ initialValues: { ticket: '', evidence: '', address: '', hours: '4' } })
  const submitting = useSubmit(
    form,
    async (values) => {
      await send(values)
      notifications.show({ color: 'green', message: t('instance.asked') })
      await refresh(client, listOperatorApprovals)
      onClose()
    },
    { codes: addressCodes },
  )
  return { form, ...submitting }
}
type Values = {
  readonly ticket: string
  readonly evidence: string
  readonly address: string
  readonly hours: string
}
type Request = ReturnType<typeof useRequest>

type FrameProps = {
  readonly request: Request
  readonly text: string
  readonly onClose: () => void
  readonly children?: ReactNode
}

/** Every help that a second member of staff decides: what it is, the ticket, how the person proved who he is. */
const RequestForm = ({ request, text, onClose, children }: FrameProps) => {
  const { t } = useTexts()
  const { form, busy, error, submit } = request
  const labels = {
    ticket: t('instance.ticket'),
    evidence: t('instance.evidence'),
    address: t('instance.address'),
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm">{text}</Text>
        <FormProblems form={form} error={error} labels={labels} />
        {children}
        <TextInput label={labels.ticket} maxLength={120} {...form.getInputProps('ticket')} />
        <Textarea
          label={labels.evidence}
          description={t('instance.evidence-hint')}
          maxLength={2000}
          autosize
          minRows={2}
          {...form.getInputProps('evidence')}
        />
        <FormFoot action={t('instance.ask')} busy={busy} onCancel={onClose} />
      </Stack>
    </form>
  )
}

const ResetForm = ({ helped, onClose }: FormProps) => {
  const { t } = useTexts()
  const params = { id: helped.account.id, user_id: helped.user.id }
  const request = useRequest(
    ({ ticket, evidence }) => call(requestOperatorMfaReset, { params, body: { ticket, evidence } }),
    onClose,
  )
  return <RequestForm request={request} text={t('instance.reset-text')} onClose={onClose} />
}

const ExceptionForm = ({ helped, onClose }: FormProps) => {
  const { t } = useTexts()
  const request = useRequest((values) => {
    const body = { ...values, hours: Number(values.hours), user_id: helped.user.id }
    return call(askForException, { params: { id: helped.account.id }, body })
  }, onClose)
  const { form } = request
  return (
    <RequestForm request={request} text={t('instance.exception-text')} onClose={onClose}>
      <TextInput
        label={t('instance.address')}
        description={t('instance.address-hint')}
        maxLength={64}
        data-autofocus
        {...form.getInputProps('address')}
      />
      <Select
        label={t('instance.hours')}
        allowDeselect={false}
        data={hours.map((count) => ({
          value: count,
          label: t('instance.hours-count', { count: Number(count) }),
        }))}
        {...form.getInputProps('hours')}
      />
    </RequestForm>
  )
}

const titled = (title: 'reset-title' | 'exception-title', Form: (props: FormProps) => ReactNode) =>
  function HelpDialog({ helped, onClose }: Props) {
    const { t } = useTexts()
    const name = helped === null ? '' : `${helped.user.first_name} ${helped.user.last_name}`
    return (
      <Modal opened={helped !== null} onClose={onClose} title={t(`instance.${title}`, { name })}>
        {helped === null ? null : <Form helped={helped} onClose={onClose} />}
      </Modal>
    )
  }

export const ResetDialog = titled('reset-title', ResetForm)
export const ExceptionDialog = titled('exception-title', ExceptionForm)
