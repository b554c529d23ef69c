import { Button, Group, Modal, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useTexts } from '../i18n/texts.tsx'

/** Asks before a page with unsaved entries is left, inside the console and by the browser. */
export const LeaveGuard = ({ when }: { readonly when: boolean }) => {
  const { t } = useTexts()
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => when && current.pathname !== next.pathname,
    enableBeforeUnload: when,
    withResolver: true,
  })
  const stay = () => blocker.reset?.()
  return (
    <Modal opened={blocker.status === 'blocked'} onClose={stay} title={t('ui.leave-title')}>
      <Text size="sm">{t('ui.leave-text')}</Text>
      <Group justify="flex-end" mt="md">
        <Button color="red" variant="light" onClick={() => blocker.proceed?.()}>
          {t('ui.leave-go')}
        </Button>
        <Button onClick={stay} data-autofocus>
          {t('ui.leave-stay')}
        </Button>
      </Group>
    </Modal>
  )
}
