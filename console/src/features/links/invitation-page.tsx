import { Button, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useRouter } from '@tanstack/react-router'
import { acceptInvitation, inspectInvitation } from '../../../../src/security/invitations/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { type AnswerOf, call } from '../../lib/call.ts'
import { dropMailedToken, useMailedToken } from '../../lib/link-token.ts'
import { isProblem } from '../../lib/problem.ts'
import { FormProblems } from '../../ui/form-problems.tsx'
import { NewPasswordField } from '../../ui/password-field.tsx'
import { CardSkeleton } from '../../ui/skeletons.tsx'
import { useSubmit } from '../../ui/submit.ts'
import { LinkFrame, LinkRefused } from './link-frame.tsx'
import { useInspection } from './use-inspection.ts'

const codes = { login_taken: 'login', password_weak: 'password' }
type Invited = AnswerOf<typeof inspectInvitation>

const useAcceptance = (token: string, invited: Invited) => {
  const router = useRouter()
  const { first_name, last_name } = invited
  const form = useForm({ initialValues: { password: '', login: '', first_name, last_name } })
  const submitting = useSubmit(
    form,
    async ({ login, ...values }) => {
      const body = { token, ...values, ...(login === '' ? {} : { login }) }
      const done = await call(acceptInvitation, { body, signedOut: 'throw' })
      dropMailedToken()
      router.history.push(`/sign-in?login=${encodeURIComponent(done.login)}`)
    },
    { codes },
  )
  return { form, ...submitting }
}

const Form = ({ token, invited }: { readonly token: string; readonly invited: Invited }) => {
  const { t } = useTexts()
  const { form, busy, error, submit } = useAcceptance(token, invited)
  if (isProblem(error, 'link_refused')) return <LinkRefused />
  const ownLogin = !invited.login_free || isProblem(error, 'login_taken')
  const labels = {
    first_name: t('links.first-name'),
    last_name: t('links.last-name'),
    login: t('links.login'),
    password: t('links.password'),
  }
  return (
    <LinkFrame
      title={t('links.invitation-title', { account: invited.account_name })}
      text={`${t('links.invitation-for', { email: invited.email })} ${t('links.invitation-text')}`}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <FormProblems form={form} error={error} labels={labels} />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput label={labels.first_name} maxLength={60} {...form.getInputProps('first_name')} />
            <TextInput label={labels.last_name} maxLength={60} {...form.getInputProps('last_name')} />
          </SimpleGrid>
          {ownLogin ? (
            <TextInput
              label={labels.login}
              description={`${t('links.login-taken')} ${t('links.login-hint')}`}
              autoComplete="username"
              {...form.getInputProps('login')}
            />
          ) : (
            <input type="hidden" name="username" autoComplete="username" value={invited.email} />
          )}
          <NewPasswordField
            label={labels.password}
            lengthMin={invited.min_length}
            words={[invited.email, invited.account_name]}
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="md" loading={busy} disabled={form.values.password === ''}>
            {t('links.accept')}
          </Button>
        </Stack>
      </form>
    </LinkFrame>
  )
}

export const InvitationPage = () => {
  const { t } = useTexts()
  const token = useMailedToken()
  const { data, error } = useInspection(inspectInvitation, token)
  if (token === null || error !== null) return <LinkRefused />
  if (data === undefined)
    return (
      <LinkFrame title={t('ui.loading')}>
        <CardSkeleton />
      </LinkFrame>
    )
  return <Form token={token} invited={data} />
}
