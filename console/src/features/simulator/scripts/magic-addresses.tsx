import { Code, Group, Table, Text, Title } from '@mantine/core'
import { magicDomain, magicWords } from '../../../../../src/channels/email/simulator/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import classes from './scripts.module.css'

/** What each address does, ready to be copied. */
export const MagicAddresses = () => {
  const { t } = useTexts()
  return (
    <section aria-labelledby="magic-addresses">
      <Title order={2} id="magic-addresses">
        {t('scripts.magic')}
      </Title>
      <Text size="sm" c="dimmed" mt={4} mb="sm" maw="72ch">
        {t('scripts.magic-text')}
      </Text>
      <Table withTableBorder className={classes.magic ?? ''} aria-labelledby="magic-addresses">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('scripts.magic-address')}</Table.Th>
            <Table.Th>{t('scripts.magic-behaviour')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {magicWords.map((word) => {
            const address = `${word}@${magicDomain}`
            return (
              <Table.Tr key={word}>
                <Table.Td>
                  <Group gap={6} wrap="nowrap">
                    <Code className={classes.address ?? ''}>{address}</Code>
                    <CopyButton value={address} />
                  </Group>
                </Table.Td>
                <Table.Td>
                  <Text size="sm" fw={550}>
                    {t(`scripts.class-${word}`)}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {t(`scripts.hint-${word}`)}
                  </Text>
                </Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </section>
  )
}
