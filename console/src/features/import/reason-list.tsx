import { Table, Title } from '@mantine/core'
import type { Import } from '../../../../src/contacts/import/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { Figure } from '../../ui/figures.tsx'
import { codesOf } from './results.ts'

/** Words for the code of a row, else of a refusal, else the code itself. */
export const useCodeWords = () => {
  const { find } = useTexts()
  return (code: string): string => find('import-codes', code) ?? find('problems', code) ?? code
}

/** Why rows were skipped or refused, the most frequent reason first. */
export const ReasonList = ({ run }: { readonly run: Import }) => {
  const { t } = useTexts()
  const words = useCodeWords()
  const codes = codesOf(run.counts)
  if (codes.length === 0) return null
  return (
    <div>
      <Title order={3} mb="xs">
        {t('imports.reasons')}
      </Title>
      <Table aria-label={t('imports.reasons')} verticalSpacing={6}>
        <Table.Tbody>
          {codes.map(({ code, count }) => (
            <Table.Tr key={code}>
              <Table.Td>{words(code)}</Table.Td>
              <Table.Td ta="end" w={120}>
                <Figure value={count} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
