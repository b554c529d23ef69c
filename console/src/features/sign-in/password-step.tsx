import { Alert, Anchor, Button, Divider, Group, Stack, TextInput, Title } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTexts } from '../../i18n/texts.tsx'
import { PasswordBox } from '../../ui/password-field.tsx'
import { passkeysSupported } from '../../ui/second-factor/passkeys.ts'
import type { SignedIn, Step } from './steps.ts'
import { useSignIn } from './use-sign-in.ts'

type Props = {
  readonly login: string | undefined
  readonly next: string | null
  readonly notice: ReactNode
  readonly onStep: (step: Step) => void
  readonly onIn: (done: SignedIn) => void
}

export const PasswordStep = ({ login: given, next, notice, onStep, onIn }: Props) => {
  const { t } = useTexts()
  const { login, password, busy, refusal, submit, byPasskey } = useSignIn({ next, onStep, onIn })
  return (
    <Stack component="form" gap="md" onSubmit={submit}>
      <Title order={1}>{t('sign-in.welcome')}</Title>
      {notice}
      {refusal === null ? null : (
        <Alert color="red" role="alert" title={t('sign-in.failed')}>
          {refusal}
        </Alert>
      )}
      <TextInput
        ref={login}
        size="md"
        label={t('sign-in.login')}
        name="login"
        autoComplete="username webauthn"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={given ?? ''}
        autoFocus={given === undefined}
        maxLength={254}
        required
        withAsterisk={false}
      />
      <PasswordBox
        ref={password}
        size="md"
        label={t('sign-in.password')}
        name="password"
        autoComplete="current-password"
        autoFocus={given !== undefined}
        required
        withAsterisk={false}
      />
      <Button
        type="submit"
        size="md"
        loading={busy === 'password'}
        disabled={busy === 'passkey'}
        fullWidth
        mt="xs"
      >
        {t('sign-in.submit')}
      </Button>
      {passkeysSupported() ? (
        <>
          <Divider label={t('sign-in.or')} />
          <Button
            variant="default"
            size="md"
            leftSection={<IconFingerprint size={20} aria-hidden />}
            onClick={byPasskey}
            loading={busy === 'passkey'}
            disabled={busy === 'password'}
            fullWidth
          >
            {t('sign-in.by-passkey')}
          </Button>
        </>
      ) : null}
      <Group justify="space-between" gap="xs">
        <Anchor component={Link} to="/password-reset" size="sm">
          {t('sign-in.forgot')}
        </Anchor>
        <Anchor component={Link} to="/break-glass" size="sm" c="dimmed">
          {t('sign-in.locked-out')}
        </Anchor>
      </Group>
    </Stack>
  )
}
