import { Badge, Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { removeOwnPhone } from '../../../../src/security/contact-data/contract.ts'
import { getMe, type Me } from '../../../../src/security/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import { Section } from '../../ui/section.tsx'
import { EmailDialog } from './email-dialog.tsx'
import { PhoneDialog } from './phone-dialog.tsx'

type Dialog = 'email' | 'phone' | 'remove' | null

const PhoneRow = ({ me, onAsk }: { readonly me: Me; readonly onAsk: (dialog: Dialog) => void }) => {
  const { t } = useTexts()
  const none = me.phone_masked === null
  return (
    <Group justify="space-between">
      <div>
        <Text size="sm" c="dimmed">
          {t('contact-data.phone')}
        </Text>
        <Group gap="xs">
          <Text>{me.phone_masked ?? t('contact-data.phone-none')}</Text>
          {none || me.phone_verified ? null : (
            <Badge color="yellow" variant="light" tt="none" radius="sm">
              {t('contact-data.phone-unproven')}
            </Badge>
          )}
        </Group>
      </div>
      <Group gap="xs">
        {none ? null : (
          <Button variant="subtle" color="red" size="xs" onClick={() => onAsk('remove')}>
            {t('contact-data.phone-remove')}
          </Button>
        )}
        <Button variant="default" size="xs" onClick={() => onAsk('phone')}>
          {t(none ? 'contact-data.phone-add' : 'contact-data.phone-change')}
        </Button>
      </Group>
    </Group>
  )
}

/** Where codes, links and notices go; each change proves the new place first. */
export const ContactData = ({ me }: { readonly me: Me }) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const [dialog, setDialog] = useState<Dialog>(null)
  const close = () => setDialog(null)
  const remove = async () => {
    await call(removeOwnPhone)
    notifications.show({ color: 'green', message: t('contact-data.phone-removed') })
    await refresh(client, getMe)
  }
  return (
    <Section title={t('contact-data.title')} text={t('contact-data.text')}>
      <Group justify="space-between">
        <div>
          <Text size="sm" c="dimmed">
            {t('contact-data.email')}
          </Text>
          <Text>{me.email}</Text>
        </div>
        <Button variant="default" size="xs" onClick={() => setDialog('email')}>
          {t('contact-data.email-change')}
        </Button>
      </Group>
      <PhoneRow me={me} onAsk={setDialog} />
      <EmailDialog opened={dialog === 'email'} onClose={close} />
      <PhoneDialog opened={dialog === 'phone'} onClose={close} />
      <ConfirmDialog
        opened={dialog === 'remove'}
        onClose={close}
        title={t('contact-data.phone-remove-title')}
        action={t('contact-data.phone-remove')}
        onConfirm={remove}
      >
        {t('contact-data.phone-remove-text')}
      </ConfirmDialog>
    </Section>
  )
}
