import { Accordion, List, Select, Stack, Text } from '@mantine/core'
import type { HostingGuide, SenderDomain } from '../../../../src/sender-domains/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { Section } from '../../ui/section.tsx'

type Props = {
  readonly domain: SenderDomain
  readonly guides: readonly HostingGuide[]
  readonly guide: HostingGuide
  readonly onChoose: (id: string | null) => void
}

const useFoundText = ({ guide: found, name_servers }: SenderDomain): string => {
  const { t } = useTexts()
  if (name_servers.length === 0) return t('sender-domains.host-none')
  const servers = name_servers.join(', ')
  return t(found === 'other' ? 'sender-domains.host-unknown' : 'sender-domains.host-found', { servers })
}

/** How records are entered at the host; the right guide is open when its name servers were recognised. */
export const GuidePanel = ({ domain, guides, guide, onChoose }: Props) => {
  const { t } = useTexts()
  const found = useFoundText(domain)
  const opened = domain.state === 'authorized' ? null : guide.id
  return (
    <Section title={t('sender-domains.host')} text={found}>
      <Stack gap="sm">
        <Select
          aria-label={t('sender-domains.host')}
          data={guides.map(({ id, name }) => ({ value: id, label: name }))}
          value={guide.id}
          onChange={onChoose}
          allowDeselect={false}
          maw={320}
        />
        <Accordion key={guide.id} defaultValue={opened} variant="contained">
          <Accordion.Item value={guide.id}>
            <Accordion.Control>{t('sender-domains.guide', { host: guide.name })}</Accordion.Control>
            <Accordion.Panel>
              <List type="ordered" size="sm" spacing="xs">
                {guide.steps.map(({ title, text }) => (
                  <List.Item key={title}>
                    <Text span size="sm" fw={550}>
                      {title}.
                    </Text>{' '}
                    {text}
                  </List.Item>
                ))}
              </List>
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
      </Stack>
    </Section>
  )
}
