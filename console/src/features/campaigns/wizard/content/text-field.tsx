import { SegmentedControl, Stack, Text } from '@mantine/core'
import { useRef } from 'react'
import { useTexts } from '../../../../i18n/texts.tsx'
import { insertAtCaret } from './caret.ts'
import { CodeField } from './code-field.tsx'
import type { ContentForm } from './content-form.ts'
import { InsertMenu } from './insert-menu.tsx'
import type { LiveCheck } from './live-check.ts'

type Props = {
  readonly form: ContentForm
  readonly check: LiveCheck
  /** What the server makes of the HTML: a good start for an own text. */
  readonly generated: string
}

export const TextField = ({ form, check, generated }: Props) => {
  const { t } = useTexts()
  const area = useRef<HTMLTextAreaElement>(null)
  const { own_text, text } = form.values
  const choose = (value: string) => {
    const own = value === 'own'
    form.setValues({ own_text: own, ...(own && text === '' ? { text: generated } : {}) })
  }
  return (
    <Stack gap="xs" align="stretch">
      <Text size="sm" fw={500} id="text-part">
        {t('content.text')}
      </Text>
      <SegmentedControl
        aria-labelledby="text-part"
        value={own_text ? 'own' : 'generated'}
        onChange={choose}
        data={[
          { value: 'generated', label: t('content.text-generated') },
          { value: 'own', label: t('content.text-own') },
        ]}
      />
      {own_text ? (
        <CodeField
          low
          label={t('content.text-own')}
          value={text}
          onChange={(next) => form.setFieldValue('text', next)}
          faults={check.faultsOf('text')}
          error={form.errors['text']}
          areaRef={area}
          maxLength={200_000}
          tools={
            <div>
              <InsertMenu
                onInsert={(words) => insertAtCaret(area.current, words)}
                linkText={(name) => `{{ links.${name} }}`}
              />
            </div>
          }
        />
      ) : (
        <Text size="sm" c="dimmed">
          {t('content.text-generated-hint')}
        </Text>
      )}
    </Stack>
  )
}
