import { Button, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import {
  completePasswordReset,
  inspectPasswordReset,
  requestPasswordReset,
} from '../../../../src/security/password-reset/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { dropMailedToken, useMailedToken } from '../../lib/link-token.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { CardSkeleton } from '../../ui/skeletons.tsx'
import { LinkDone, LinkFrame, LinkRefused } from './link-frame.tsx'
import { PasswordForm } from './password-form.tsx'
import { useInspection } from './use-inspection.ts'

const Ask = () => {
  const { t } = useTexts()
  const [login, setLogin] = useState('')
  const ask = useMutation({
    mutationFn: () => call(requestPasswordReset, { body: { login }, signedOut: 'throw' }),
  })
  if (ask.isSuccess)
    return <LinkDone title={t('links.forgot-sent')} text={t('links.forgot-sent-text')} mailed />
  return (
    <LinkFrame title={t('links.forgot-title')} text={t('links.forgot-text')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          ask.mutate()
        }}
      >
        <Stack gap="md">
          {ask.error === null ? null : <ErrorState error={ask.error} />}
          <TextInput
            size="md"
            label={t('links.login')}
            autoComplete="username"
            autoCapitalize="none"
            maxLength={254}
            value={login}
            onChange={(event) => setLogin(event.currentTarget.value)}
            autoFocus
          />
          <Button type="submit" size="md" loading={ask.isPending} disabled={login.trim() === ''}>
            {t('links.forgot-send')}
          </Button>
        </Stack>
      </form>
    </LinkFrame>
  )
}

const Choose = ({ token }: { readonly token: string }) => {
  const { t } = useTexts()
  const [done, setDone] = useState(false)
  const { data, error } = useInspection(inspectPasswordReset, done ? null : token)
  if (done) return <LinkDone title={t('links.reset-title')} text={t('links.reset-done')} />
  if (error !== null) return <LinkRefused />
  if (data === undefined)
    return (
      <LinkFrame title={t('ui.loading')}>
        <CardSkeleton />
      </LinkFrame>
    )
  const set = async (password: string) => {
    await call(completePasswordReset, { body: { token, password }, signedOut: 'throw' })
    dropMailedToken()
    setDone(true)
  }
  return (
    <PasswordForm
      title={t('links.reset-title')}
      text={t('links.reset-text')}
      action={t('links.reset')}
      lengthMin={data.min_length}
      onSet={set}
    />
  )
}

/** With the token of a mail one chooses the new password, without one the mail is asked for. */
export const PasswordResetPage = () => {
  const token = useMailedToken()
  return token === null ? <Ask /> : <Choose key={token} token={token} />
}
