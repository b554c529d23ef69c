import { Button, Group } from '@mantine/core'
import { useTexts } from '../i18n/texts.tsx'

type Props = {
  /** Words of the button that sends the form. */
  readonly action: string
  readonly busy: boolean
  readonly onCancel: () => void
  readonly disabled?: boolean
}

/** The last line of a form in a dialogue or drawer. */
export const FormFoot = ({ action, busy, onCancel, disabled = false }: Props) => {
  const { t } = useTexts()
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onCancel} disabled={busy}>
        {t('ui.cancel')}
      </Button>
      <Button type="submit" loading={busy} disabled={disabled}>
        {action}
      </Button>
    </Group>
  )
}
