import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { SimulatorMessage } from '../../../../../src/simulator/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { useActs } from './acts.ts'

type Props = {
  readonly opened: boolean
  readonly mail: SimulatorMessage
  readonly onClose: () => void
}

const ReplyForm = ({ mail, onClose }: Omit<Props, 'opened'>) => {
  const { t } = useTexts()
  const { act, busy } = useActs(mail)
  const [text, setText] = useState('')
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (await act('reply', { text: text.trim() })) onClose()
  }
  return (
    <form onSubmit={(event) => void send(event)}>
      <Stack gap="md">
        <Text size="sm">{t('simulator.reply-text')}</Text>
        <Textarea
          label={t('simulator.reply-words')}
          maxLength={1_000}
          autosize
          minRows={3}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={busy !== null}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={busy !== null}>
            {t('simulator.act-reply')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

export const ReplyDialog = ({ opened, ...props }: Props) => {
  const { t } = useTexts()
  return (
    <Modal opened={opened} onClose={props.onClose} title={t('simulator.reply-title')}>
      <ReplyForm {...props} />
    </Modal>
  )
}
