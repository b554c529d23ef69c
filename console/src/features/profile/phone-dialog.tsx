import { Modal, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Challenge } from '../../../../src/security/challenges/contract.ts'
import {
  changeOwnPhone,
  resendOwnChallenge,
  verifyOwnPhone,
} from '../../../../src/security/contact-data/contract.ts'
import { getMe } from '../../../../src/security/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { FormFoot } from '../../ui/form-foot.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { ChallengeForm } from '../../ui/second-factor/challenge-form.tsx'
import { useSubmit } from '../../ui/submit.ts'

type Props = { readonly opened: boolean; readonly onClose: () => void }

type AskProps = { readonly onClose: () => void; readonly onSent: (challenge: Challenge) => void }

const Ask = ({ onClose, onSent }: AskProps) => {
  const { t } = useTexts()
  const form = useForm({ initialValues: { phone: '' } })
  const { busy, error, submit } = useSubmit(
    form,
    async ({ phone }) => {
      const body = { phone: phone.replaceAll(/[\s-]/g, '') }
      onSent((await call(changeOwnPhone, { body })).challenge)
    },
    { codes: { phone_not_allowed: 'phone' } },
  )
  const label = t('contact-data.phone-new')
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblems form={form} error={error} labels={{ phone: label }} />
        <TextInput
          type="tel"
          label={label}
          description={t('contact-data.phone-hint')}
          autoComplete="tel"
          data-autofocus
          {...form.getInputProps('phone')}
        />
        <FormFoot
          action={t('contact-data.phone-send')}
          busy={busy}
          onCancel={onClose}
          disabled={form.values.phone.trim() === ''}
        />
      </Stack>
    </form>
  )
}

const Flow = ({ onClose }: Pick<Props, 'onClose'>) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const [challenge, setChallenge] = useState<Challenge | null>(null)
  if (challenge === null) return <Ask onClose={onClose} onSent={setChallenge} />
  return (
    <ChallengeForm
      challenge={challenge}
      heading={(title) => <Text fw={600}>{title}</Text>}
      onCancel={onClose}
      onRestart={() => setChallenge(null)}
      verify={async (id, proof) => {
        const code = 'code' in proof ? String(proof.code) : ''
        await call(verifyOwnPhone, { body: { challenge_id: id, code } })
        notifications.show({ color: 'green', message: t('contact-data.phone-changed') })
        await refresh(client, getMe)
        onClose()
      }}
      resend={async (id) => (await call(resendOwnChallenge, { params: { id }, body: {} })).challenge}
      use={async () => challenge}
    />
  )
}

export const PhoneDialog = ({ opened, onClose }: Props) => {
  const { t } = useTexts()
  return (
    <Modal opened={opened} onClose={onClose} title={t('contact-data.phone-change')}>
      <Flow onClose={onClose} />
    </Modal>
  )
}
