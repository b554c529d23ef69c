import { Code, Group, Stack, Text } from '@mantine/core'
import { useTexts } from '../../i18n/texts.tsx'
import { CopyButton } from '../copy-button.tsx'
import classes from './second-factor.module.css'

type Props = { readonly qrSvg: string; readonly secret: string }

/** The secret of an authenticator app, shown once: as a picture for the camera and as text for the hand. */
export const TotpSecret = ({ qrSvg, secret }: Props) => {
  const { t } = useTexts()
  const grouped = secret.replace(/(.{4})(?=.)/g, '$1 ')
  return (
    <Stack gap="xs">
      <Text size="sm">{t('second-factor.qr-step')}</Text>
      <img
        className={classes.qr}
        src={`data:image/svg+xml,${encodeURIComponent(qrSvg)}`}
        alt={t('second-factor.qr-alt')}
        width={196}
        height={196}
      />
      <Text size="sm">{t('second-factor.secret-step')}</Text>
      <Group gap="xs" wrap="nowrap" align="center">
        <Code className={classes.secret ?? ''}>{grouped}</Code>
        <CopyButton value={secret} label={t('second-factor.secret-copy')} />
      </Group>
    </Stack>
  )
}
