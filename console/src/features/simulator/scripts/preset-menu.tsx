import { Button, List, Menu, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconChevronDown } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { createSimulatorScript, listSimulatorScripts } from '../../../../../src/simulator/scripts/contract.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { refresh } from '../../../lib/queries.ts'
import { ConfirmDialog } from '../../../ui/confirm.tsx'
import { type PresetName, presetNames, presets } from './presets.ts'
import { toPercent } from './rule-text.ts'

const Contents = ({ preset }: { readonly preset: PresetName }) => {
  const { t } = useTexts()
  const formats = useFormats()
  return (
    <>
      <Text size="sm">{t('scripts.preset-adds', { count: presets[preset].length })}</Text>
      <List size="sm" mt="xs">
        {presets[preset].map(({ outcome }) => (
          <List.Item key={outcome.class}>
            {formats.number(toPercent(outcome.rate ?? 1))} % · {t(`scripts.class-${outcome.class}`)}
          </List.Item>
        ))}
      </List>
    </>
  )
}

/** A ready-made set of rules; it is shown before it is added. */
export const PresetMenu = () => {
  const { t } = useTexts()
  const client = useQueryClient()
  const [chosen, choose] = useState<PresetName | null>(null)
  const add = async () => {
    if (chosen === null) return
    // One after the other: their order is the order in which they are asked.
    try {
      for (const body of presets[chosen]) await call(createSimulatorScript, { body })
      notifications.show({ color: 'green', message: t('scripts.preset-done') })
    } finally {
      await refresh(client, listSimulatorScripts)
    }
  }
  return (
    <>
      <Menu position="bottom-end" shadow="md" width="min(20rem, calc(100vw - 2rem))">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} />}>
            {t('scripts.presets')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {presetNames.map((name) => (
            <Menu.Item key={name} onClick={() => choose(name)}>
              <Text size="sm" fw={550}>
                {t(`scripts.preset-${name}`)}
              </Text>
              <Text size="xs">{t(`scripts.preset-${name}-text`)}</Text>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={chosen !== null}
        onClose={() => choose(null)}
        title={t('scripts.preset-title', { name: chosen === null ? '' : t(`scripts.preset-${chosen}`) })}
        action={t('scripts.preset-add')}
        danger={false}
        onConfirm={add}
      >
        {chosen === null ? null : <Contents preset={chosen} />}
      </ConfirmDialog>
    </>
  )
}
