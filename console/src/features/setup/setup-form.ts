import { isEmail, type UseFormReturnType, useForm } from '@mantine/form'
import type { BodyOf } from '../../../../src/http/contract.ts'
import type { completeSetup } from '../../../../src/security/setup/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { readDraft, useDraft } from '../../lib/draft.ts'
import { passwordLength } from '../../ui/password-field.tsx'

type Person = { first_name: string; last_name: string; email: string; login: string; password: string }
export type SetupValues = { staff: Person; account: { name: string }; owner: Person; demo_data: boolean }
export type SetupForm = UseFormReturnType<SetupValues>

const nobody: Person = { first_name: '', last_name: '', email: '', login: '', password: '' }
const empty: SetupValues = { staff: nobody, account: { name: '' }, owner: nobody, demo_data: true }
const draftName = 'setup'

/** Fields of each step, by which an error finds its step. */
export const stepOfPath = (path: string): number => {
  if (path.startsWith('staff')) return 1
  return path.startsWith('account') || path.startsWith('owner') ? 2 : 3
}

const withoutPasswords = (values: SetupValues): SetupValues => ({
  ...values,
  staff: { ...values.staff, password: '' },
  owner: { ...values.owner, password: '' },
})

export const toSetupBody = (token: string, values: SetupValues): BodyOf<typeof completeSetup> => {
  const { login, ...owner } = values.owner
  return {
    token,
    staff: values.staff,
    account: values.account,
    owner: login.trim() === '' ? owner : { ...owner, login },
    demo_data: values.demo_data,
  }
}

const useRules = () => {
  const { find } = useTexts()
  const say = (key: string) => find('problems', key) ?? key
  const filled = (value: string) => (value.trim() === '' ? say('field.required') : null)
  return {
    filled,
    email: isEmail(say('email_invalid')),
    password: (value: string) => (passwordLength(value) < 15 ? say('weak.too_short') : null),
    name: (value: string) => (value.trim().length < 2 ? say('field.too_short') : null),
  }
}

export const useSetupForm = () => {
  const { keep, drop } = useDraft<SetupValues>(draftName)
  const { filled, email, password, name } = useRules()
  const names = { first_name: filled, last_name: filled, email }
  const form = useForm<SetupValues>({
    initialValues: readDraft<SetupValues>(draftName) ?? empty,
    onValuesChange: (values) => keep(withoutPasswords(values)),
    validate: {
      staff: { ...names, login: filled, password },
      account: { name },
      owner: { ...names, password },
    },
  })
  return { form, dropDraft: drop }
}
