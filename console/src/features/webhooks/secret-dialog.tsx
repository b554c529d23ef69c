import { Alert, Button, Checkbox, Code, Group, Modal, Stack, Text } from '@mantine/core'
import { IconEyeOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTexts } from '../../i18n/texts.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Time } from '../../ui/figures.tsx'
import classes from './webhooks.module.css'

export type ShownSecret = {
  readonly name: string
  readonly secret: string
  /** After a rotation: until when the former secret signs as well. */
  readonly oldUntil: string | null
}

const Body = ({ shown, onClose }: { readonly shown: ShownSecret; readonly onClose: () => void }) => {
  const { t } = useTexts()
  const [stored, setStored] = useState(false)
  return (
    <Stack gap="md">
      <Alert color="yellow" icon={<IconEyeOff size={20} />}>
        {t('webhooks.secret-once')}
      </Alert>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Code block className={classes['secret'] ?? ''} aria-label={t('webhooks.secret')}>
          {shown.secret}
        </Code>
        <CopyButton value={shown.secret} label={t('webhooks.secret-copy')} />
      </Group>
      {shown.oldUntil === null ? null : (
        <Text size="sm">
          {t('webhooks.old-until')} <Time at={shown.oldUntil} />
        </Text>
      )}
      <Text size="sm">{t('webhooks.secret-next')}</Text>
      <Checkbox
        label={t('webhooks.stored')}
        checked={stored}
        onChange={(event) => setStored(event.currentTarget.checked)}
      />
      <Group justify="flex-end">
        <Button onClick={onClose} disabled={!stored}>
          {t('ui.close')}
        </Button>
      </Group>
    </Stack>
  )
}

type Props = { readonly shown: ShownSecret | null; readonly onClose: () => void }

/** The one moment the secret can be read; it closes only when the reader says that it is kept. */
export const SecretDialog = ({ shown, onClose }: Props) => {
  const { t } = useTexts()
  return (
    <Modal
      opened={shown !== null}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={t('webhooks.secret-title', { name: shown?.name ?? '' })}
      size="lg"
    >
      {shown === null ? null : <Body shown={shown} onClose={onClose} />}
    </Modal>
  )
}
