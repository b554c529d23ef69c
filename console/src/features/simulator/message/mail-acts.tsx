import { Button, Group, Menu, Text, Tooltip } from '@mantine/core'
import {
  IconChevronDown,
  IconEye,
  IconFlag,
  IconMailOff,
  IconMailX,
  IconMessage,
  IconPointer,
  IconRobot,
} from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { DsnClass, SimulatorMessage } from '../../../../../src/simulator/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { useActs } from './acts.ts'
import { ReplyDialog } from './reply-dialog.tsx'

type Props = { readonly mail: SimulatorMessage }

type ActButtonProps = {
  readonly label: string
  readonly hint: string
  readonly icon: ReactNode
  readonly busy: boolean
  readonly disabled?: boolean
  readonly onAct: () => void
}

const ActButton = ({ label, hint, icon, busy, disabled = false, onAct }: ActButtonProps) => (
  <Tooltip label={hint} multiline maw={280}>
    <Button variant="default" size="xs" leftSection={icon} disabled={disabled} loading={busy} onClick={onAct}>
      {label}
    </Button>
  </Tooltip>
)

type ItemProps = {
  readonly label: string
  readonly hint: string
  readonly icon?: ReactNode
  readonly onAct: () => void
}

const Item = ({ label, hint, icon, onAct }: ItemProps) => (
  <Menu.Item leftSection={icon} onClick={onAct}>
    <Text size="sm">{label}</Text>
    <Text size="xs" visibleFrom="xs">
      {hint}
    </Text>
  </Menu.Item>
)

/** The reasons worth trying: each ends in another figure of the report. */
const bounces = ['hard', 'soft', 'spam', 'authentication'] as const satisfies readonly DsnClass[]

const MoreActs = ({ mail, onReply }: Props & { readonly onReply: () => void }) => {
  const { t } = useTexts()
  const { act, busy } = useActs(mail)
  return (
    <Menu position="bottom-start" shadow="md" width="min(20rem, calc(100vw - 2rem))">
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          rightSection={<IconChevronDown size={16} />}
          loading={busy !== null}
        >
          {t('simulator.act-more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={{ base: '42vh', sm: '70vh' }} style={{ overflowY: 'auto' }}>
        <Item
          label={t('simulator.act-reply')}
          hint={t('simulator.act-reply-hint')}
          icon={<IconMessage size={16} />}
          onAct={onReply}
        />
        <Item
          label={t('simulator.act-spam')}
          hint={t('simulator.act-spam-hint')}
          icon={<IconFlag size={16} />}
          onAct={() => void act('spam')}
        />
        <Item
          label={t('simulator.act-scan')}
          hint={t('simulator.act-scan-hint')}
          icon={<IconRobot size={16} />}
          onAct={() => void act('scan')}
        />
        <Menu.Divider />
        <Menu.Label>{t('simulator.act-dsn')}</Menu.Label>
        {bounces.map((one) => (
          <Item
            key={one}
            label={t(`simulator.dsn-${one}`)}
            hint={t(`simulator.dsn-${one}-hint`)}
            icon={<IconMailOff size={16} />}
            onAct={() => void act('dsn', { class: one })}
          />
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** What the recipient of the mail can do, or what his server can do for him. */
export const MailActs = ({ mail }: Props) => {
  const { t } = useTexts()
  const { act, busy } = useActs(mail)
  const [replies, setReplies] = useState(false)
  const isTracked = mail.links.some(({ kind }) => kind === 'tracked')
  const oneClick = mail.list_unsubscribe?.one_click === true
  return (
    <Group gap={8}>
      <ActButton
        label={t('simulator.act-open')}
        hint={t('simulator.act-open-hint')}
        icon={<IconEye size={16} />}
        busy={busy === 'open'}
        onAct={() => void act('open')}
      />
      <ActButton
        label={t('simulator.act-first-link')}
        hint={t(isTracked ? 'simulator.act-first-link-hint' : 'simulator.act-first-link-none')}
        icon={<IconPointer size={16} />}
        busy={busy === 'click'}
        disabled={!isTracked}
        onAct={() => void act('click')}
      />
      <ActButton
        label={t('simulator.act-one-click')}
        hint={t(oneClick ? 'simulator.act-one-click-hint' : 'simulator.act-one-click-none')}
        icon={<IconMailX size={16} />}
        busy={busy === 'one_click'}
        disabled={!oneClick}
        onAct={() => void act('one_click')}
      />
      <MoreActs mail={mail} onReply={() => setReplies(true)} />
      <ReplyDialog opened={replies} mail={mail} onClose={() => setReplies(false)} />
    </Group>
  )
}
