import { Alert, Button, Fieldset, Group, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type Account, getAccount } from '../../../../src/accounts/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { LeaveGuard } from '../../ui/leave-guard.tsx'
import { Page } from '../../ui/page.tsx'
import { CardSkeleton } from '../../ui/skeletons.tsx'
import { useGeneralForm } from './general-form.ts'
import { ConsentSection, IdentitySection, RegionSection } from './general-sections.tsx'

const useLabels = () => {
  const { t } = useTexts()
  return {
    name: t('account.name'),
    description: t('account.description'),
    contact_email: t('account.contact-email'),
    postal_address: t('account.postal-address'),
    default_language: t('account.language'),
    time_zone: t('account.time-zone'),
    country: t('account.country'),
    currency: t('account.currency'),
  }
}

const GeneralForm = ({ account }: { readonly account: Account }) => {
  const { t } = useTexts()
  const { form, busy, error, submit } = useGeneralForm(account)
  const editable = useMay()('account.settings.manage')
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {editable ? null : <Alert color="gray">{t('account.read-only')}</Alert>}
        <FormProblems form={form} error={error} labels={useLabels()} />
        <Fieldset variant="unstyled" m={0} p={0} bd={0} disabled={!editable}>
          <Stack gap="md">
            <IdentitySection form={form} />
            <RegionSection form={form} />
            <ConsentSection form={form} />
          </Stack>
        </Fieldset>
        {editable ? (
          <Group justify="flex-end">
            <Button type="submit" loading={busy} disabled={!form.isDirty()}>
              {t('ui.save')}
            </Button>
          </Group>
        ) : null}
      </Stack>
      <LeaveGuard when={form.isDirty() && !busy} />
    </form>
  )
}

export const GeneralPage = () => {
  const { t } = useTexts()
  const { data: account, error, refetch } = useQuery(read(getAccount))
  return (
    <Page title={t('account.general-title')} purpose={t('account.general-purpose')}>
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {account === undefined ? error === null ? <CardSkeleton /> : null : <GeneralForm account={account} />}
    </Page>
  )
}
