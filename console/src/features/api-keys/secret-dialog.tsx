import { Alert, Button, Checkbox, Code, Group, Modal, Stack, Text } from '@mantine/core'
import { IconEyeOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTexts } from '../../i18n/texts.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Time } from '../../ui/figures.tsx'
import classes from './api-keys.module.css'
import { testCall } from './test-call.ts'

export type ShownSecret = {
  readonly name: string
  readonly secret: string
  readonly scopes: readonly string[]
  /** After a rotation: until when the former secret works. */
  readonly oldUntil: string | null
}

const Body = ({ shown, onClose }: { readonly shown: ShownSecret; readonly onClose: () => void }) => {
  const { t } = useTexts()
  const [stored, setStored] = useState(false)
  const example = testCall(window.location.origin, shown.secret, shown.scopes)
  return (
    <Stack gap="md">
      <Alert color="yellow" icon={<IconEyeOff size={20} />}>
        {t('api-keys.secret-once')}
      </Alert>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Code block className={classes.secret ?? ''} aria-label={t('api-keys.secret')}>
          {shown.secret}
        </Code>
        <CopyButton value={shown.secret} label={t('api-keys.secret-copy')} />
      </Group>
      {shown.oldUntil === null ? null : (
        <Text size="sm">
          {t('api-keys.old-until')} <Time at={shown.oldUntil} />
        </Text>
      )}
      <div>
        <Group justify="space-between" mb={4}>
          <Text size="sm" fw={550}>
            {t('api-keys.try')}
          </Text>
          <CopyButton value={example} />
        </Group>
        <Code block className={classes.secret ?? ''}>
          {example}
        </Code>
      </div>
      <Checkbox
        label={t('api-keys.stored')}
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

/** The one moment a secret can be read; it closes only when the reader says that it is kept. */
export const SecretDialog = ({
  shown,
  onClose,
}: {
  readonly shown: ShownSecret | null
  readonly onClose: () => void
}) => {
  const { t } = useTexts()
  return (
    <Modal
      opened={shown !== null}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={t('api-keys.secret-title', { name: shown?.name ?? '' })}
      size="lg"
    >
      {shown === null ? null : <Body shown={shown} onClose={onClose} />}
    </Modal>
  )
}
