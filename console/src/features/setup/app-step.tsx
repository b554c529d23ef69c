import { Alert, Stack, Text, TextInput, Title } from '@mantine/core'
import { useTexts } from '../../i18n/texts.tsx'
import { TotpSecret } from '../../ui/second-factor/totp-secret.tsx'
import type { SetupForm } from './setup-form.ts'
import type { SetupOffer } from './setup-offer.ts'

type Props = { readonly form: SetupForm; readonly offer: SetupOffer }

/** The staff user binds an app on the spot: nobody with that reach signs in by a password alone. */
export const AppStep = ({ form, offer }: Props) => {
  const { t } = useTexts()
  return (
    <Stack gap="md">
      <Title order={1}>{t('setup.app-title')}</Title>
      <Text c="dimmed">{t('setup.app-text')}</Text>
      <TotpSecret qrSvg={offer.totp.qr_svg} secret={offer.totp.secret} />
      <TextInput
        label={t('setup.app-code')}
        maw={240}
        inputMode="numeric"
        autoComplete="one-time-code"
        placeholder="000000"
        maxLength={10}
        {...form.getInputProps('staff.totp_code')}
      />
      {offer.totp_required ? null : <Alert color="gray">{t('setup.app-later')}</Alert>}
    </Stack>
  )
}
