import { Anchor } from '@mantine/core'
import { useTexts } from '../i18n/texts.tsx'
import { isDevelopmentHere } from '../lib/development.ts'

/** Beside a field for a code: on a machine without relay and phone the code waits next door. */
export const WhereIsMyCode = ({ method }: { readonly method?: 'email' | 'sms' }) => {
  const { t } = useTexts()
  if (!isDevelopmentHere()) return null
  return (
    <Anchor
      href={method === 'sms' ? '/mailbox?show=phone' : '/mailbox'}
      target="_blank"
      rel="noopener"
      size="sm"
    >
      {t('system-mailbox.where')}
    </Anchor>
  )
}
