import { Alert, Anchor, Button, Stack, Text, TextInput, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Challenge } from '../../../../src/security/challenges/contract.ts'
import { signInByBreakGlass } from '../../../../src/security/sign-in/contract.ts'
import { BareFrame } from '../../app/bare-frame.tsx'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { problemTitle } from '../../ui/error-state.tsx'
import { PasswordBox } from '../../ui/password-field.tsx'
import { SecondStep } from './second-step.tsx'
import { useArrival } from './use-arrival.ts'

const Form = ({ onChallenge }: { readonly onChallenge: (challenge: Challenge) => void }) => {
  const texts = useTexts()
  const { t } = texts
  const login = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)
  const code = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const send = async () => {
    setBusy(true)
    setError(null)
    try {
      const body = {
        login: login.current?.value ?? '',
        password: password.current?.value ?? '',
        break_glass_code: code.current?.value ?? '',
      }
      onChallenge((await call(signInByBreakGlass, { body, signedOut: 'throw' })).challenge)
    } catch (failure) {
      setError(problemTitle(failure, texts))
      setBusy(false)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void send()
  }
  const plain = { size: 'md', required: true, withAsterisk: false } as const
  return (
    <Stack component="form" gap="md" onSubmit={submit}>
      <Title order={1} size="h2">
        {t('sign-in.break-glass')}
      </Title>
      <Text size="sm">{t('sign-in.break-glass-text')}</Text>
      {error === null ? null : (
        <Alert color="red" role="alert" title={t('sign-in.failed')}>
          {error}
        </Alert>
      )}
      <TextInput
        ref={login}
        {...plain}
        label={t('sign-in.login')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={254}
        autoFocus
      />
      <PasswordBox ref={password} {...plain} label={t('sign-in.password')} autoComplete="current-password" />
      <TextInput
        ref={code}
        {...plain}
        label={t('sign-in.break-glass-code')}
        placeholder="BG-XXXXXX-XXXXXX-XXXXXX-XXXXXX-XX"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={100}
      />
      <Button type="submit" size="md" loading={busy} fullWidth>
        {t('sign-in.break-glass-go')}
      </Button>
      <Text size="xs" c="dimmed">
        {t('sign-in.break-glass-none')}
      </Text>
      <Anchor component={Link} to="/sign-in" size="sm">
        {t('sign-in.to-sign-in')}
      </Anchor>
    </Stack>
  )
}

/** For an owner whose network is not on the list any more. */
export const BreakGlassPage = () => {
  const { t } = useTexts()
  const [challenge, setChallenge] = useState<Challenge | null>(null)
  const arrive = useArrival(null)
  useEffect(() => {
    document.title = `${t('sign-in.break-glass')} · Campanile`
  }, [t])
  return (
    <BareFrame>
      {challenge === null ? (
        <Form onChallenge={setChallenge} />
      ) : (
        <SecondStep challenge={challenge} trustDays={0} onIn={arrive} onBack={() => setChallenge(null)} />
      )}
    </BareFrame>
  )
}
