import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import { stepUp } from '../../../src/security/step-up/contract.ts'
import { useTexts } from '../i18n/texts.tsx'
import { call, installDoors } from '../lib/call.ts'
import { problemTitle } from './error-state.tsx'

type Purpose = 'general' | 'factors'
type Question = { readonly purpose: Purpose; readonly answer: (confirmed: boolean) => void }

const Form = ({ purpose, answer }: Question) => {
  const texts = useTexts()
  const { t } = texts
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await call(stepUp, { body: { purpose, password } })
      answer(true)
    } catch (failure) {
      setError(problemTitle(failure, texts))
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <Text size="sm">{t('ui.step-up-text')}</Text>
        <PasswordInput
          label={t('ui.password')}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={error}
          data-autofocus
          required
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => answer(false)}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={password === ''}>
            {t('ui.step-up-confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Opened by `call` whenever the server asks for a fresh confirmation; the call is then repeated. */
export const StepUpModal = () => {
  const { t } = useTexts()
  const [question, setQuestion] = useState<Question | null>(null)
  useEffect(() => {
    installDoors({
      stepUp: (purpose) =>
        new Promise((resolve) => {
          setQuestion({
            purpose,
            answer: (confirmed) => {
              setQuestion(null)
              resolve(confirmed)
            },
          })
        }),
    })
  }, [])
  return (
    <Modal
      opened={question !== null}
      onClose={() => question?.answer(false)}
      title={t('ui.step-up-title')}
      // The question comes while a drawer or another dialogue is open and must lie above it.
      zIndex={350}
    >
      {question === null ? null : <Form {...question} />}
    </Modal>
  )
}
