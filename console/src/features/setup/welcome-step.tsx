import { Stack, Text, Title } from '@mantine/core'
import { useTexts } from '../../i18n/texts.tsx'
import { RingingBell } from '../../ui/illustrations.tsx'
import classes from './setup-wizard.module.css'

export const WelcomeStep = ({ publicUrl }: { readonly publicUrl: string }) => {
  const { t } = useTexts()
  return (
    <Stack gap="md">
      <RingingBell />
      <Title order={1}>{t('setup.welcome-title')}</Title>
      <Text>{t('setup.welcome-text')}</Text>
      <Title order={2}>{t('setup.public-url')}</Title>
      <div className={classes.address}>{publicUrl}</div>
      <Text size="sm">{t('setup.public-url-text')}</Text>
      <Text size="sm">{t('setup.public-url-change')}</Text>
      <code className={classes.command}>
        PUBLIC_URL=https://panel.example.com CONTENT_URL=https://mail.example.net script/server
      </code>
      <Text size="sm" c="dimmed">
        {t('setup.public-url-later')}
      </Text>
    </Stack>
  )
}
