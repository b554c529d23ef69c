import { Stack } from '@mantine/core'
import { slots } from '../../app/slots.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { useSession } from '../../lib/session.ts'
import { Page } from '../../ui/page.tsx'
import { FirstSteps } from './first-steps.tsx'
import { InstanceHome } from './instance-home.tsx'

const AccountHome = ({ firstName }: { readonly firstName: string }) => {
  const { t } = useTexts()
  const DemoData = slots.demoData
  return (
    <Page title={t('home.hello', { name: firstName })} purpose={t('home.purpose')}>
      <Stack gap="lg">
        <FirstSteps />
        {DemoData === null ? null : <DemoData />}
      </Stack>
    </Page>
  )
}

export const HomePage = () => {
  const { account, user } = useSession()
  return account.kind === 'operator' ? <InstanceHome /> : <AccountHome firstName={user.first_name} />
}
