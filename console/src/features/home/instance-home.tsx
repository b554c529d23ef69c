import { Button, Card } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../../i18n/texts.tsx'
import { useMay } from '../../lib/session.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { SilentBell } from '../../ui/illustrations.tsx'
import { Page } from '../../ui/page.tsx'

const AccountsButton = () => {
  const { t } = useTexts()
  return (
    <Button component={Link} to="/instance/accounts">
      {t('home.instance-accounts')}
    </Button>
  )
}

export const InstanceHome = () => {
  const { t } = useTexts()
  const may = useMay()
  return (
    <Page title={t('home.instance-title')}>
      <Card withBorder>
        <EmptyState
          art={<SilentBell />}
          title={t('home.instance-empty')}
          action={may('operator.accounts.view') ? <AccountsButton /> : null}
        >
          {t('home.instance-text')}
        </EmptyState>
      </Card>
    </Page>
  )
}
