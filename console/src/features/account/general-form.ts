import { isEmail, useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { type Account, changeAccount, getAccount } from '../../../../src/accounts/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { keyOf } from '../../lib/queries.ts'
import { sessionQuery } from '../../lib/session.ts'
import { useSubmit } from '../../ui/submit.ts'

const toValues = (account: Account) => ({
  name: account.name,
  description: account.description ?? '',
  contact_email: account.contact_email ?? '',
  postal_address: account.postal_address ?? '',
  default_language: account.default_language,
  time_zone: account.time_zone,
  country: account.country,
  currency: account.currency,
  require_consent: account.require_consent,
})
type Values = ReturnType<typeof toValues>

const orNull = (text: string): string | null => (text.trim() === '' ? null : text)

const toBody = (values: Values) => ({
  ...values,
  description: orNull(values.description),
  contact_email: orNull(values.contact_email),
  postal_address: orNull(values.postal_address),
})

export const useGeneralForm = (account: Account) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const email = isEmail(t('problems.email_invalid'))
  const form = useForm<Values>({
    initialValues: toValues(account),
    validate: { contact_email: (text) => (text.trim() === '' ? null : email(text.trim())) },
  })
  const submitting = useSubmit(form, async (values) => {
    const saved = await call(changeAccount, { body: toBody(values), ifMatch: account.version })
    client.setQueryData(keyOf(getAccount), saved)
    form.setInitialValues(toValues(saved))
    form.reset()
    notifications.show({ color: 'green', message: t('account.saved') })
    await client.invalidateQueries({ queryKey: sessionQuery.queryKey })
  })
  return { form, ...submitting }
}
export type GeneralForm = ReturnType<typeof useGeneralForm>['form']
