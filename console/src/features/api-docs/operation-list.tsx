import { Accordion, Text } from '@mantine/core'
import { memo } from 'react'
import { useTexts } from '../../i18n/texts.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import classes from './api-docs.module.css'
import type { Operation, Resolve } from './openapi.ts'
import { OperationDetails } from './operation-details.tsx'

type ItemProps = { readonly operation: Operation; readonly opened: boolean; readonly resolve: Resolve }

const Item = memo(({ operation, opened, resolve }: ItemProps) => {
  const { t } = useTexts()
  return (
    <Accordion.Item value={operation.id} id={operation.id} className={classes.operation ?? ''}>
      <Accordion.Control>
        <span className={classes.line}>
          <span className={classes.method} data-method={operation.method}>
            {operation.method}
          </span>
          <span className={classes.path}>{operation.path}</span>
          <span className={classes.summary} lang="en">
            {operation.summary}
          </span>
        </span>
      </Accordion.Control>
      <Accordion.Panel>
        {opened ? (
          <>
            <div className={classes.link}>
              <Text size="xs" c="dimmed" span>
                {operation.id}
              </Text>
              <CopyButton
                value={`${window.location.origin}/api/docs#${operation.id}`}
                label={t('api-docs.copy-link')}
              />
            </div>
            <OperationDetails operation={operation} resolve={resolve} />
          </>
        ) : null}
      </Accordion.Panel>
    </Accordion.Item>
  )
})

type Props = {
  readonly operations: readonly Operation[]
  readonly opened: readonly string[]
  readonly onChange: (opened: readonly string[]) => void
  readonly resolve: Resolve
}

/** What can be called, closed at first; only what is open is drawn. */
export const OperationList = ({ operations, opened, onChange, resolve }: Props) => (
  <Accordion multiple value={[...opened]} onChange={onChange} variant="contained" order={3}>
    {operations.map((operation) => (
      <Item
        key={operation.id}
        operation={operation}
        opened={opened.includes(operation.id)}
        resolve={resolve}
      />
    ))}
  </Accordion>
)
