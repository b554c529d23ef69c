import { ActionIcon, Button, CopyButton as Copier, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTexts } from '../i18n/texts.tsx'

type Props = { readonly value: string; readonly label?: string; readonly withText?: boolean }

export const CopyButton = ({ value, label, withText = false }: Props) => {
  const { t } = useTexts()
  return (
    <Copier value={value} timeout={2000}>
      {({ copied, copy }) => {
        const words = copied ? t('ui.copied') : (label ?? t('ui.copy'))
        const icon = copied ? <IconCheck size={16} /> : <IconCopy size={16} />
        if (withText) {
          return (
            <Button variant="default" size="xs" leftSection={icon} onClick={copy} aria-live="polite">
              {words}
            </Button>
          )
        }
        return (
          <Tooltip label={words}>
            <ActionIcon variant="subtle" color="gray" onClick={copy} aria-label={words}>
              {icon}
            </ActionIcon>
          </Tooltip>
        )
      }}
    </Copier>
  )
}
