import { Button, Card, Group, Stack, Text, Title } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { getOwnFactors } from '../../../../src/security/factors/contract.ts'
import { getBreakGlassCodes, getIpPolicy } from '../../../../src/security/network/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'
import { useMay, useSession } from '../../lib/session.ts'

type Offer = 'sign-in' | 'network' | 'codes'

const places: Readonly<Record<Offer, string>> = {
  'sign-in': '/profile/sign-in',
  network: '/account/settings/security',
  codes: '/account/settings/security',
}

/** What is still open, in the order in which it is best done; null while it is not known. */
const useOffers = (enabled: boolean): { offers: readonly Offer[]; address: string } | null => {
  const factors = useQuery({ ...read(getOwnFactors), enabled })
  const policy = useQuery({ ...read(getIpPolicy), enabled })
  const codes = useQuery({ ...read(getBreakGlassCodes), enabled, retry: false })
  if (!factors.data || !policy.data || (!codes.data && !codes.error)) return null
  const strong = factors.data.factors.some(
    (factor) => factor.strength === 'strong' && factor.status === 'active',
  )
  const enforced = policy.data.state === 'enforce'
  const offers: Offer[] = []
  if (!strong) offers.push('sign-in')
  if (!enforced) offers.push('network')
  if (strong && enforced && codes.data?.left === 0) offers.push('codes')
  return { offers, address: policy.data.current_address ?? '?' }
}

const Row = ({ offer, address }: { readonly offer: Offer; readonly address: string }) => {
  const { t } = useTexts()
  return (
    <Group justify="space-between" gap="sm">
      <Stack gap={0} maw={620}>
        <Text size="sm" fw={550}>
          {t(`home.protect-${offer}`)}
        </Text>
        <Text size="sm" c="dimmed">
          {t(`home.protect-${offer}-text`, { address })}
        </Text>
      </Stack>
      <Button component={Link} to={places[offer]} size="sm" variant="default">
        {t(`home.protect-${offer}-action`)}
      </Button>
    </Group>
  )
}

/** Offered to whoever looks after the account, from the first sign-in until it is done or waved away. */
export const Protect = () => {
  const { t } = useTexts()
  const { user, impersonation, limited } = useSession()
  const manages = useMay()('account.security.manage') && impersonation === null && limited === null
  const [later, setLater] = useLocalStorage({
    key: `campanile-protect-later-${user.id}`,
    defaultValue: false,
  })
  const found = useOffers(manages && !later)
  if (!manages || later || found === null || found.offers.length === 0) return null
  return (
    <Card withBorder component="section" aria-label={t('home.protect-title')}>
      <Stack gap="md">
        <Group justify="space-between" align="flex-start">
          <Stack gap={2} maw={620}>
            <Title order={2}>{t('home.protect-title')}</Title>
            <Text size="sm" c="dimmed">
              {t('home.protect-text')}
            </Text>
          </Stack>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setLater(true)}>
            {t('home.protect-later')}
          </Button>
        </Group>
        {found.offers.map((offer) => (
          <Row key={offer} offer={offer} address={found.address} />
        ))}
      </Stack>
    </Card>
  )
}
