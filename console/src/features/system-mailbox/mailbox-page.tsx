import { Anchor, Stack, Tabs, Text, Title } from '@mantine/core'
import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { BareFrame } from '../../app/bare-frame.tsx'
import { useTexts } from '../../i18n/texts.tsx'
import { Letters } from './letters.tsx'
import { Phone } from './phone.tsx'

const path = '/mailbox'

/** Reached before anybody is signed in: here is the code that the sign-in page waits for. */
export const SystemMailboxPage = () => {
  const { t } = useTexts()
  const search = useLocation().search as { readonly show?: string }
  const navigate = useNavigate()
  useEffect(() => {
    document.title = `${t('system-mailbox.title')} · Campanile`
  }, [t])
  return (
    <BareFrame wide>
      <Stack gap="md">
        <Title order={1}>{t('system-mailbox.title')}</Title>
        <Text>{t('system-mailbox.purpose')}</Text>
        <Tabs
          value={search.show === 'phone' ? 'phone' : 'mail'}
          onChange={(show) =>
            void navigate({ to: path, search: (show === 'phone' ? { show } : {}) as never, replace: true })
          }
          keepMounted={false}
        >
          <Tabs.List mb="md">
            <Tabs.Tab value="mail">{t('system-mailbox.mail')}</Tabs.Tab>
            <Tabs.Tab value="phone">{t('system-mailbox.phone')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="mail">
            <Letters />
          </Tabs.Panel>
          <Tabs.Panel value="phone">
            <Phone />
          </Tabs.Panel>
        </Tabs>
        <Anchor component={Link} to="/sign-in" size="sm">
          {t('system-mailbox.back')}
        </Anchor>
      </Stack>
    </BareFrame>
  )
}
