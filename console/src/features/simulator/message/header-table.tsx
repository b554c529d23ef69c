import { Table } from '@mantine/core'
import type { SimulatorMessage } from '../../../../../src/simulator/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import classes from './message.module.css'

export const HeaderTable = ({ mail }: { readonly mail: SimulatorMessage }) => {
  const { t } = useTexts()
  return (
    <Table className={classes.table ?? ''} aria-label={t('simulator.headers-label')} verticalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('simulator.header-name')}</Table.Th>
          <Table.Th>{t('simulator.header-value')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {mail.headers.map(({ name, value }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a header may stand twice; its place is what tells them apart.
          <Table.Tr key={place}>
            <Table.Th scope="row" className={classes.name}>
              {name}
            </Table.Th>
            <Table.Td className={classes.value}>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
