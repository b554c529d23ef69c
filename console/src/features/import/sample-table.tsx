import { Table } from '@mantine/core'
import type { ImportAnalysis } from '../../../../src/contacts/import/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'

/** What a column is called: its heading, else its number. */
export const useColumnWords = () => {
  const { t } = useTexts()
  return ({ name, index }: ImportAnalysis['columns'][number]): string =>
    name.trim() === '' ? t('imports.column', { number: index + 1 }) : name
}

/** The first rows as they will be read. */
export const SampleTable = ({ analysis }: { readonly analysis: ImportAnalysis }) => {
  const { t } = useTexts()
  const words = useColumnWords()
  return (
    <Table aria-label={t('imports.sample')} verticalSpacing={6} horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          {analysis.columns.map((column) => (
            <Table.Th key={column.index}>{words(column)}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {analysis.sample_rows.map((row, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other name than their place.
          <Table.Tr key={place}>
            {analysis.columns.map((column) => (
              <Table.Td key={column.index} title={row[column.index] ?? ''}>
                {row[column.index]}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
