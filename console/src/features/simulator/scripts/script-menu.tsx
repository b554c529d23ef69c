import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import type { SimulatorScript } from '../../../../../src/simulator/scripts/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { ruleName } from './rule-text.ts'

type Props = {
  readonly script: SimulatorScript
  readonly onEdit: () => void
  readonly onDelete: () => void
}

export const ScriptMenu = ({ script, onEdit, onDelete }: Props) => {
  const texts = useTexts()
  const { t } = texts
  return (
    <Menu position="bottom-end" shadow="md" width={180}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('scripts.actions', { name: ruleName(texts, script) })}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
          {t('ui.edit')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={onDelete}>
          {t('ui.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
