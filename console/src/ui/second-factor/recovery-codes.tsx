import { Alert, Button, Checkbox, Group, Stack, Text } from '@mantine/core'
import { IconDownload, IconKey, IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { useTexts } from '../../i18n/texts.tsx'
import { CopyButton } from '../copy-button.tsx'
import classes from './second-factor.module.css'

const download = (text: string): void => {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = address
  link.download = 'campanile-recovery-codes.txt'
  link.click()
  URL.revokeObjectURL(address)
}

type Props = { readonly codes: readonly string[]; readonly onStored: () => void }

/** Shown once; nobody goes on without saying that they are stored. */
export const RecoveryCodes = ({ codes, onStored }: Props) => {
  const { t } = useTexts()
  const [stored, setStored] = useState(false)
  const text = `${t('second-factor.codes-file')}\n\n${codes.join('\n')}\n`
  return (
    <Stack gap="md">
      <Alert color="yellow" icon={<IconKey size={20} />} className={classes.screen ?? ''}>
        {t('second-factor.codes-text')}
      </Alert>
      <ul className={classes.codes} aria-label={t('second-factor.codes-title')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group gap="xs" className={classes.screen ?? ''}>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconDownload size={16} />}
          onClick={() => download(text)}
        >
          {t('second-factor.codes-download')}
        </Button>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPrinter size={16} />}
          onClick={() => window.print()}
        >
          {t('second-factor.codes-print')}
        </Button>
        <CopyButton value={codes.join('\n')} label={t('second-factor.codes-copy')} withText />
      </Group>
      <Checkbox
        checked={stored}
        onChange={(event) => setStored(event.currentTarget.checked)}
        label={<Text size="sm">{t('second-factor.codes-stored')}</Text>}
      />
      <Button disabled={!stored} onClick={onStored} size="md">
        {t('second-factor.codes-go-on')}
      </Button>
    </Stack>
  )
}
