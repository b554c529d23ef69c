import { Text } from '@mantine/core'
import { useFormats, useTexts } from '../i18n/texts.tsx'

type Props = { readonly state: 'saved' | 'saving' | 'changed' | 'failed'; readonly savedAt: string | null }

/** "Saved 10:42": says by itself what a wizard has done with the entries. */
export const AutosaveNote = ({ state, savedAt }: Props) => {
  const { t } = useTexts()
  const formats = useFormats()
  const words = {
    saved: savedAt === null ? '' : t('ui.saved-at', { time: formats.time(savedAt) }),
    saving: t('ui.saving'),
    changed: t('ui.not-saved'),
    failed: t('ui.save-failed'),
  }[state]
  return (
    <Text size="sm" c={state === 'failed' ? 'red' : 'dimmed'} role="status" className="tabular">
      {words}
    </Text>
  )
}
