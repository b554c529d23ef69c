import { Button, Checkbox, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { signUp } from '../../../../src/security/sign-up/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { isProblem } from '../../lib/problem.ts'
import { FormProblems } from '../../ui/form-problems.tsx'
import { useSubmit } from '../../ui/submit.ts'
import { LinkDone, LinkFrame } from './link-frame.tsx'
import { solvePuzzle } from './puzzle.ts'

const initialValues = { email: '', account_name: '', first_name: '', last_name: '', terms: false }

const useSignUp = (onSent: (email: string) => void) => {
  const { language } = useTexts()
  const [working, setWorking] = useState(false)
  const form = useForm({ initialValues })
  const send = (values: typeof initialValues, proof?: { puzzle: string; nonce: string }) =>
    call(signUp, {
      body: { ...values, terms: true, language, ...(proof ? { proof } : {}) },
      signedOut: 'throw',
    })
  const submitting = useSubmit(form, async (values) => {
    try {
      await send(values)
    } catch (error) {
      const puzzle = isProblem(error, 'puzzle_required') ? error.word('puzzle') : null
      if (puzzle === null) throw error
      setWorking(true)
      await send(values, await solvePuzzle(puzzle).finally(() => setWorking(false)))
    }
    onSent(values.email)
  })
  return { form, working, ...submitting }
}

const Form = ({ onSent }: { readonly onSent: (email: string) => void }) => {
  const { t } = useTexts()
  const { form, working, busy, error, submit } = useSignUp(onSent)
  const labels = {
    email: t('links.email'),
    account_name: t('links.account-name'),
    first_name: t('links.first-name'),
    last_name: t('links.last-name'),
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblems form={form} error={error} labels={labels} />
        <TextInput
          label={labels.account_name}
          description={t('links.account-hint')}
          autoComplete="organization"
          maxLength={120}
          {...form.getInputProps('account_name')}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            label={labels.first_name}
            autoComplete="given-name"
            maxLength={60}
            {...form.getInputProps('first_name')}
          />
          <TextInput
            label={labels.last_name}
            autoComplete="family-name"
            maxLength={60}
            {...form.getInputProps('last_name')}
          />
        </SimpleGrid>
        <TextInput
          type="email"
          label={labels.email}
          autoComplete="email"
          maxLength={254}
          {...form.getInputProps('email')}
        />
        <Checkbox label={t('links.terms')} {...form.getInputProps('terms', { type: 'checkbox' })} />
        <Text size="sm" c="dimmed" role="status">
          {working ? t('links.working') : ''}
        </Text>
        <Button type="submit" size="md" loading={busy} disabled={!form.values.terms}>
          {t('links.sign-up')}
        </Button>
      </Stack>
    </form>
  )
}

export const SignUpPage = () => {
  const { t } = useTexts()
  const [sentTo, setSentTo] = useState<string | null>(null)
  if (sentTo !== null)
    return (
      <LinkDone
        title={t('links.sign-up-sent')}
        text={t('links.sign-up-sent-text', { email: sentTo })}
        mailed
      />
    )
  return (
    <LinkFrame title={t('links.sign-up-title')} text={t('links.sign-up-text')}>
      <Form onSent={setSentTo} />
    </LinkFrame>
  )
}
