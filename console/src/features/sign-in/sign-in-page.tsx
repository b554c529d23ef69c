import { Alert, Button, Stack, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useLocation, useRouter } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { getSetup } from '../../../../src/security/setup/contract.ts'
import { BareFrame } from '../../app/bare-frame.tsx'
import { useTexts } from '../../i18n/texts.tsx'
import { safeNext } from '../../lib/next.ts'
import { read } from '../../lib/queries.ts'
import { sessionQuery } from '../../lib/session.ts'
import { PasswordBox } from '../../ui/password-field.tsx'
import { useSignIn } from './use-sign-in.ts'

type Search = { readonly login?: string; readonly next?: string; readonly from?: string }

/** Whoever is signed in already goes straight on. */
const useGoOn = (next: string | null): void => {
  const router = useRouter()
  const { data } = useQuery({ ...sessionQuery, retry: false })
  useEffect(() => {
    if (data !== undefined) router.history.replace(next ?? '/')
  }, [data, next, router])
}

const Notice = ({ search }: { readonly search: Search }) => {
  const { t } = useTexts()
  const { data: setup } = useQuery(read(getSetup))
  if (setup?.needed === true)
    return (
      <Alert role="status" color="yellow">
        {t('sign-in.setup-needed')}
      </Alert>
    )
  if (search.from === 'setup')
    return (
      <Alert role="status" color="green">
        {t('sign-in.set-up-done')}
      </Alert>
    )
  if (search.next !== undefined)
    return (
      <Alert role="status" color="indigo">
        {t('sign-in.session-ended')}
      </Alert>
    )
  return null
}

type FormProps = {
  readonly login: string | undefined
  readonly next: string | null
  readonly notice: ReactNode
}

const SignInForm = ({ login: given, next, notice }: FormProps) => {
  const { t } = useTexts()
  const { login, password, busy, refusal, submit } = useSignIn(next)
  return (
    <Stack component="form" gap="md" onSubmit={submit}>
      <Title order={1}>{t('sign-in.welcome')}</Title>
      {notice}
      {refusal === null ? null : (
        <Alert color="red" title={t('sign-in.failed')}>
          {refusal}
        </Alert>
      )}
      <TextInput
        ref={login}
        size="md"
        label={t('sign-in.login')}
        name="login"
        autoComplete="username"
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
      <Button type="submit" size="md" loading={busy} fullWidth mt="xs">
        {t('sign-in.submit')}
      </Button>
    </Stack>
  )
}

export const SignInPage = () => {
  const { t } = useTexts()
  const search = useLocation().search as Search
  // Read once: while the page is being left, the address already is another one.
  const [next] = useState(() => safeNext(search.next))
  useGoOn(next)
  useEffect(() => {
    document.title = `${t('sign-in.title')} · Campanile`
  }, [t])
  return (
    <BareFrame>
      <SignInForm login={search.login} next={next} notice={<Notice search={search} />} />
    </BareFrame>
  )
}
