import { Button, Table, Text } from '@mantine/core'
import { IconDownload, IconFile } from '@tabler/icons-react'
import { getSimulatorAttachment, type SimulatorMessage } from '../../../../../src/simulator/contract.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'
import { addressOf } from '../../../lib/call.ts'
import classes from './message.module.css'

export const AttachmentList = ({ mail }: { readonly mail: SimulatorMessage }) => {
  const { t } = useTexts()
  const formats = useFormats()
  if (mail.attachments.length === 0) {
    return (
      <div className={classes.words}>
        <Text c="dimmed">{t('simulator.attachments-none')}</Text>
      </div>
    )
  }
  return (
    <Table className={classes.table ?? ''} aria-label={t('simulator.attachments-label')} verticalSpacing={8}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('simulator.file-name')}</Table.Th>
          <Table.Th className={classes.wide}>{t('simulator.file-type')}</Table.Th>
          <Table.Th ta="end">{t('simulator.size')}</Table.Th>
          <Table.Th aria-label={t('simulator.download')} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {mail.attachments.map((file, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the position is the identity of an attachment.
          <Table.Tr key={position}>
            <Table.Td className={classes.value}>
              <IconFile size={16} aria-hidden className={classes.fileIcon} /> {file.filename}
            </Table.Td>
            <Table.Td className={classes.wide}>{file.content_type}</Table.Td>
            <Table.Td ta="end" className="tabular">
              {formats.bytes(file.size)}
            </Table.Td>
            <Table.Td ta="end">
              <Button
                component="a"
                href={addressOf(getSimulatorAttachment, { params: { id: mail.id, position } })}
                download={file.filename}
                variant="default"
                size="compact-sm"
                leftSection={<IconDownload size={14} />}
              >
                {t('simulator.download')}
              </Button>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
