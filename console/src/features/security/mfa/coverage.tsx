import { List, Progress, Stack, Text, Title } from '@mantine/core'
import type { MfaPolicy } from '../../../../../src/security/mfa/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'

const namesShown = 20

/** How many have a second factor, who still has to bind one, who cannot be texted. */
export const Coverage = ({ policy }: { readonly policy: MfaPolicy }) => {
  const { t } = useTexts()
  const { users, with_factor, pending } = policy.coverage
  const without = policy.users_without_phone
  const words = t('mfa.coverage', { with: with_factor, users })
  return (
    <Stack gap="xs">
      <Title order={3}>{t('mfa.coverage-title')}</Title>
      <Progress
        value={users === 0 ? 0 : (100 * with_factor) / users}
        color={with_factor === users ? 'green' : 'yellow'}
        aria-label={words}
      />
      <Text size="sm">
        {words} {pending === 0 ? null : t('mfa.pending', { count: pending })}
      </Text>
      {without.length === 0 || !policy.methods.includes('sms') ? null : (
        <>
          <Text size="sm">{t('mfa.without-phone', { count: without.length })}</Text>
          <List size="sm">
            {without.slice(0, namesShown).map(({ id, name }) => (
              <List.Item key={id}>{name}</List.Item>
            ))}
          </List>
        </>
      )}
    </Stack>
  )
}
