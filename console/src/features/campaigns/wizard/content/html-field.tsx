import { Alert, Button, Group, Menu, Text } from '@mantine/core'
import { IconAlertTriangle, IconTemplate } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useFormats, useTexts } from '../../../../i18n/texts.tsx'
import { ConfirmDialog } from '../../../../ui/confirm.tsx'
import { insertAtCaret } from './caret.ts'
import { CodeField } from './code-field.tsx'
import type { ContentForm } from './content-form.ts'
import { InsertMenu } from './insert-menu.tsx'
import type { LiveCheck } from './live-check.ts'
import { type Starter, starterHtml, starters } from './starter.ts'

const StarterMenu = ({ form }: { readonly form: ContentForm }) => {
  const texts = useTexts()
  const { t } = texts
  const [chosen, setChosen] = useState<Starter | null>(null)
  return (
    <>
      <Menu position="bottom-start" shadow="md">
        <Menu.Target>
          <Button variant="default" size="xs" leftSection={<IconTemplate size={16} />}>
            {t('content.start-over')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {starters.map((starter) => (
            <Menu.Item key={starter} onClick={() => setChosen(starter)}>
              {t(`content.starter-${starter}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={chosen !== null}
        onClose={() => setChosen(null)}
        title={t('content.start-over-title')}
        action={t('content.start-over-action')}
        onConfirm={async () => {
          if (chosen !== null) form.setFieldValue('html', starterHtml(texts, chosen))
        }}
      >
        {t('content.start-over-text')}
      </ConfirmDialog>
    </>
  )
}

type Props = { readonly form: ContentForm; readonly check: LiveCheck }

export const HtmlField = ({ form, check }: Props) => {
  const { t } = useTexts()
  const formats = useFormats()
  const area = useRef<HTMLTextAreaElement>(null)
  const link = (name: string, words: string) => `<a href="{{ links.${name} }}">${words}</a>`
  return (
    <div>
      <CodeField
        label={t('content.html')}
        value={form.values.html}
        onChange={(html) => form.setFieldValue('html', html)}
        faults={check.faultsOf('html')}
        error={form.errors['html']}
        areaRef={area}
        maxLength={500_000}
        tools={
          <Group justify="space-between" gap="xs" my={6}>
            <Group gap="xs">
              <InsertMenu onInsert={(text) => insertAtCaret(area.current, text)} linkText={link} />
              <StarterMenu form={form} />
            </Group>
            <Text size="xs" c="dimmed" className="tabular">
              {check.htmlBytes === null ? '' : t('content.size', { size: formats.bytes(check.htmlBytes) })}
            </Text>
          </Group>
        }
      />
      {check.dangerous.length === 0 ? null : (
        <Alert
          color="red"
          variant="light"
          mt="xs"
          icon={<IconAlertTriangle size={18} />}
          title={t('content.dangerous')}
        >
          {check.dangerous.join(', ')}
        </Alert>
      )}
    </div>
  )
}
