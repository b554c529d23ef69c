import { Button, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTexts } from '../../i18n/texts.tsx'
import { isProblem } from '../../lib/problem.ts'
import { FormProblems } from '../../ui/form-problems.tsx'
import { NewPasswordField } from '../../ui/password-field.tsx'
import { useSubmit } from '../../ui/submit.ts'
import { LinkFrame, LinkRefused } from './link-frame.tsx'

type Props = {
  readonly title: string
  readonly text: string
  readonly action: string
  readonly lengthMin: number
  readonly words?: readonly string[]
  readonly onSet: (password: string) => Promise<unknown>
}

/** A link that asks for a password and nothing else. */
export const PasswordForm = ({ title, text, action, lengthMin, words, onSet }: Props) => {
  const { t } = useTexts()
  const form = useForm({ initialValues: { password: '' } })
  const { busy, error, submit } = useSubmit(form, ({ password }) => onSet(password), {
    codes: { password_weak: 'password', password_reused: 'password' },
  })
  if (isProblem(error, 'link_refused')) return <LinkRefused />
  const label = t('links.password')
  return (
    <LinkFrame title={title} text={text}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <FormProblems form={form} error={error} labels={{ password: label }} />
          <NewPasswordField
            label={label}
            lengthMin={lengthMin}
            words={words ?? []}
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="md" loading={busy} disabled={form.values.password === ''}>
            {action}
          </Button>
        </Stack>
      </form>
    </LinkFrame>
  )
}
