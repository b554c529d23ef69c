import { Button, Group, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { changeOwnPassword, listOwnSessions } from '../../../../src/security/contract.ts'
import { stepUp } from '../../../../src/security/step-up/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { FormProblems } from '../../ui/form-problems.tsx'
import { NewPasswordField, PasswordBox } from '../../ui/password-field.tsx'
import { Section } from '../../ui/section.tsx'
import { useSubmit } from '../../ui/submit.ts'

const codes = {
  current_password_wrong: 'current_password',
  password_weak: 'new_password',
  password_reused: 'new_password',
}

const Form = ({ onDone }: { readonly onDone: () => void }) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const form = useForm({ initialValues: { current_password: '', new_password: '' } })
  const { busy, error, submit } = useSubmit(
    form,
    async (values) => {
      // The present password is the confirmation too, so that nobody is asked for it twice.
      await call(stepUp, { body: { purpose: 'general', password: values.current_password } })
      await call(changeOwnPassword, { body: values })
      notifications.show({ color: 'green', message: t('profile.password-changed') })
      onDone()
      await refresh(client, listOwnSessions)
    },
    { codes },
  )
  const labels = {
    current_password: t('profile.current-password'),
    new_password: t('profile.new-password'),
  }
  const { current_password, new_password } = form.values
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <FormProblems form={form} error={error} labels={labels} />
        <PasswordBox
          label={labels.current_password}
          autoComplete="current-password"
          {...form.getInputProps('current_password')}
        />
        <NewPasswordField label={labels.new_password} {...form.getInputProps('new_password')} />
        <Group justify="flex-end">
          <Button type="submit" loading={busy} disabled={current_password === '' || new_password === ''}>
            {t('profile.change-password')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

export const PasswordChange = () => {
  const { t } = useTexts()
  const [round, setRound] = useState(0)
  return (
    <Section title={t('profile.password-title')} text={t('profile.password-text')}>
      <Form key={round} onDone={() => setRound(round + 1)} />
    </Section>
  )
}
