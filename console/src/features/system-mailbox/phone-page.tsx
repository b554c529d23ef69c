import { useTexts } from '../../i18n/texts.tsx'
import { Page } from '../../ui/page.tsx'
import { Phone } from './phone.tsx'

/** Simulator > Phone. */
export const PhonePage = () => {
  const { t } = useTexts()
  return (
    <Page title={t('system-mailbox.phone')} purpose={t('system-mailbox.phone-purpose')}>
      <Phone />
    </Page>
  )
}
