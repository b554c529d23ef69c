import { Button, Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../../i18n/texts.tsx'
import { useMay, useSession } from '../../lib/session.ts'
import { Page } from '../../ui/page.tsx'
import { CardSkeleton } from '../../ui/skeletons.tsx'
import { DemoData } from './demo-data.tsx'
import { FirstSteps } from './first-steps.tsx'
import { InstanceHome } from './instance-home.tsx'
import { LastCampaigns } from './last-campaigns.tsx'
import { Protect } from './protect.tsx'
import { isUnderWay } from './steps-done.ts'
import { useLastCampaigns } from './use-last-campaigns.ts'

const CampaignsButton = () => {
  const { t } = useTexts()
  const editable = useMay()('email.campaigns.edit')
  if (!editable) return null
  return (
    <Button component={Link} to="/email/campaigns">
      {t('home.write-action')}
    </Button>
  )
}

const AccountHome = ({ firstName }: { readonly firstName: string }) => {
  const { t } = useTexts()
  const campaigns = useLastCampaigns()
  const underWay = campaigns !== null && isUnderWay(campaigns)
  return (
    <Page
      title={t('home.hello', { name: firstName })}
      purpose={t(underWay ? 'home.purpose-going' : 'home.purpose')}
      action={underWay ? <CampaignsButton /> : null}
    >
      {campaigns === null ? (
        <CardSkeleton />
      ) : (
        <Stack gap="lg">
          <Protect />
          {underWay ? null : <FirstSteps campaigns={campaigns} />}
          {campaigns.length > 0 ? <LastCampaigns campaigns={campaigns} /> : null}
          <DemoData />
        </Stack>
      )}
    </Page>
  )
}

export const HomePage = () => {
  const { account, user } = useSession()
  return account.kind === 'operator' ? <InstanceHome /> : <AccountHome firstName={user.first_name} />
}
