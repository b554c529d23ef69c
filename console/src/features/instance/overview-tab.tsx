import { Button, Group, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import {
  changeOperatedAccount,
  getOperatedAccount,
  listAccounts,
  type OperatedAccount,
} from '../../../../src/operator/accounts/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { keyOf, refresh } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { Figure, Time } from '../../ui/figures.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { LeaveGuard } from '../../ui/leave-guard.tsx'
import { Section } from '../../ui/section.tsx'
import { useSubmit } from '../../ui/submit.ts'

const toValues = (account: OperatedAccount) => ({
  name: account.name,
  valid_until: account.valid_until ?? '',
  contact_email: account.contact_email ?? '',
  agent_email: account.agent_email ?? '',
  description: account.description ?? '',
  hint: account.hint ?? '',
})

const useAccountForm = (account: OperatedAccount) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const params = { id: account.id }
  const form = useForm({ initialValues: toValues(account) })
  const submitting = useSubmit(
    form,
    async ({ name, ...rest }) => {
      const others = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, value || null]))
      const body = { name, ...others }
      const saved = await call(changeOperatedAccount, { params, body, ifMatch: account.version })
      client.setQueryData(keyOf(getOperatedAccount, { params }), saved)
      form.setInitialValues(toValues(saved))
      form.reset()
      notifications.show({ color: 'green', message: t('instance.saved') })
      await refresh(client, listAccounts)
    },
    { codes: { name_taken: 'name' } },
  )
  return { form, ...submitting }
}

const Facts = ({ account }: { readonly account: OperatedAccount }) => {
  const { t } = useTexts()
  const facts = [
    [t('instance.slug'), account.slug],
    [t('instance.users'), <Figure key="users" value={account.users} />],
    [t('instance.made'), <Time key="made" at={account.created_at} />],
    ...(account.erase_after === null
      ? []
      : [[t('instance.erased'), <Time key="erased" at={account.erase_after} />] as const]),
  ] as const
  return (
    <Section title={t('instance.facts')} text={t('instance.facts-text')}>
      <SimpleGrid component="dl" cols={{ base: 2, sm: 4 }} m={0}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <Text component="dt" size="xs" c="dimmed">
              {label}
            </Text>
            <Text component="dd" size="sm" m={0}>
              {value}
            </Text>
          </div>
        ))}
      </SimpleGrid>
    </Section>
  )
}

export const OverviewTab = ({ account }: { readonly account: OperatedAccount }) => {
  const { t } = useTexts()
  const readOnly = !useMay()('operator.accounts.manage')
  const { form, busy, error, submit } = useAccountForm(account)
  const labels = {
    name: t('instance.name'),
    valid_until: t('instance.valid-until'),
    contact_email: t('instance.contact-email'),
    agent_email: t('instance.agent-email'),
    description: t('instance.description'),
    hint: t('instance.hint'),
  }
  const props = (name: keyof typeof labels) => ({
    label: labels[name],
    readOnly,
    ...form.getInputProps(name),
  })
  return (
    <Stack gap="md">
      <Facts account={account} />
      <form onSubmit={submit} noValidate>
        <Section title={t('instance.settings')} text={t('instance.settings-text')}>
          <Stack gap="md">
            <FormProblems form={form} error={error} labels={labels} />
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              <TextInput maxLength={120} {...props('name')} />
              <TextInput type="date" description={t('instance.valid-hint')} {...props('valid_until')} />
              <TextInput type="email" maxLength={254} {...props('contact_email')} />
              <TextInput
                type="email"
                maxLength={254}
                description={t('instance.agent-hint')}
                {...props('agent_email')}
              />
            </SimpleGrid>
            <Textarea maxLength={500} autosize minRows={2} {...props('description')} />
            <TextInput maxLength={250} description={t('instance.hint-hint')} {...props('hint')} />
            {readOnly ? null : (
              <Group justify="flex-end">
                <Button type="submit" loading={busy} disabled={!form.isDirty()}>
                  {t('ui.save')}
                </Button>
              </Group>
            )}
          </Stack>
        </Section>
        <LeaveGuard when={form.isDirty() && !busy} />
      </form>
    </Stack>
  )
}
