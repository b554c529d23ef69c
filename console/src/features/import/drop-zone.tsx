import { Text, VisuallyHidden } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { useTexts } from '../../i18n/texts.tsx'
import classes from './import.module.css'

type Props = { readonly onFile: (file: File) => void; readonly children?: ReactNode }

const accepted = '.csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain'

/** Takes one file: dropped on it, or picked; the whole area is the label of the input. */
export const DropZone = ({ onFile, children }: Props) => {
  const { t } = useTexts()
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (file !== undefined) onFile(file)
    // The same file, corrected, can be picked again.
    if (input.current !== null) input.current.value = ''
  }
  const drag = (event: DragEvent) => {
    event.preventDefault()
    setOver(true)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <label
      className={classes.drop}
      data-over={over}
      onDragOver={drag}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <VisuallyHidden>
        <input ref={input} type="file" accept={accepted} onChange={(event) => take(event.target.files)} />
      </VisuallyHidden>
      <IconFileUpload size={40} stroke={1.4} className={classes.dropIcon} aria-hidden />
      <Text fw={600}>{t('imports.drop')}</Text>
      <Text size="sm" c="dimmed">
        {t('imports.drop-hint')}
      </Text>
      {children}
    </label>
  )
}
