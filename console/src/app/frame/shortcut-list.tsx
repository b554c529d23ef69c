import { Group, Kbd, Modal, Stack, Text } from '@mantine/core'
import { Fragment } from 'react'
import { useTexts } from '../../i18n/texts.tsx'
import { type Keys, useShortcuts } from '../../lib/shortcuts.ts'
import { keyName } from './keys.ts'

const KeyCaps = ({ keys }: { readonly keys: Keys }) => {
  const { t } = useTexts()
  const between = keys[0] === 'mod' ? '+' : t('frame.shortcut-then')
  return (
    <Group gap={6} wrap="nowrap">
      {keys.map((key, place) => (
        <Fragment key={key}>
          {place === 0 ? null : (
            <Text size="xs" c="dimmed">
              {between}
            </Text>
          )}
          <Kbd>{keyName(key)}</Kbd>
        </Fragment>
      ))}
    </Group>
  )
}

type Props = { readonly opened: boolean; readonly onClose: () => void }

export const ShortcutList = ({ opened, onClose }: Props) => {
  const { t } = useTexts()
  const shortcuts = useShortcuts()
  return (
    <Modal opened={opened} onClose={onClose} title={t('frame.shortcuts-title')}>
      <Stack gap="sm">
        {shortcuts.map(({ keys, label }) => (
          <Group key={keys.join(' ')} justify="space-between" wrap="nowrap">
            <Text size="sm">{t(label)}</Text>
            <KeyCaps keys={keys} />
          </Group>
        ))}
      </Stack>
    </Modal>
  )
}
