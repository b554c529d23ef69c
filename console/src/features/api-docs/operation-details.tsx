import { Badge, Code, Group, Stack, Table, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTexts } from '../../i18n/texts.tsx'
import { useSession } from '../../lib/session.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import classes from './api-docs.module.css'
import { curlOf } from './curl.ts'
import type { Operation, Resolve } from './openapi.ts'
import { ParameterTable } from './parameter-table.tsx'
import { Prose } from './prose.tsx'
import { SchemaTree } from './schema-tree.tsx'
import { TryIt } from './try-it.tsx'

const Part = ({ title, children }: { readonly title: ReactNode; readonly children: ReactNode }) => (
  <section>
    <Title order={4} className={classes.partTitle ?? ''}>
      {title}
    </Title>
    {children}
  </section>
)

const AccessLine = ({ operation }: { readonly operation: Operation }) => {
  const { t } = useTexts()
  const { permissions } = useSession()
  const { access } = operation
  if (access === 'public' || access === 'session') return t(`api-docs.access-${access}`)
  const holds = permissions.includes(access)
  return (
    <Group gap="xs" component="span">
      <Code>{access}</Code>
      <Badge variant="light" color={holds ? 'green' : 'gray'} radius="sm" tt="none" size="sm" fw={550}>
        {t(holds ? 'api-docs.own-permission' : 'api-docs.no-permission')}
      </Badge>
    </Group>
  )
}

const Problems = ({ codes }: { readonly codes: readonly string[] }) => {
  const { t, find } = useTexts()
  return (
    <>
      <Table aria-label={t('api-docs.problems')} verticalSpacing={4} className={classes.table ?? ''}>
        <Table.Tbody>
          {codes.map((code) => (
            <Table.Tr key={code}>
              <Table.Td>
                <Code>{code}</Code>
              </Table.Td>
              <Table.Td>{find('problems', code) ?? ''}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed" mt={4}>
        {t('api-docs.problems-hint')}
      </Text>
    </>
  )
}

const Sample = ({ text }: { readonly text: string }) => {
  const { t } = useTexts()
  return (
    <>
      <div className={classes.sample}>
        <Code block className={classes.code ?? ''}>
          {text}
        </Code>
        <div className={classes.copy}>
          <CopyButton value={text} />
        </div>
      </div>
      <Text size="xs" c="dimmed" mt={4}>
        {t('api-docs.sample-hint')}
      </Text>
    </>
  )
}

type Props = { readonly operation: Operation; readonly resolve: Resolve }

const isStream = (operation: Operation): boolean =>
  operation.replies.some(({ body }) => body?.type === 'text/event-stream')

export const OperationDetails = ({ operation, resolve }: Props) => {
  const { t } = useTexts()
  const { parameters, body, replies, problems } = operation
  return (
    <div className={classes.details}>
      <Stack gap="lg" className={classes.words ?? ''}>
        <Part title={t('api-docs.access')}>
          <Text size="sm" component="div">
            <AccessLine operation={operation} />
          </Text>
          {operation.notes === '' ? null : (
            <Text size="sm" c="dimmed" mt={4} lang="en">
              <Prose text={operation.notes} />
            </Text>
          )}
        </Part>
        {parameters.length === 0 ? null : (
          <Part title={t('api-docs.parameters')}>
            <ParameterTable parameters={parameters} resolve={resolve} />
          </Part>
        )}
        {body === null ? null : (
          <Part
            title={
              <>
                {t('api-docs.body')} <Code>{body.type}</Code>
              </>
            }
          >
            <SchemaTree schema={body.schema} resolve={resolve} given />
          </Part>
        )}
        {replies.map((reply) => (
          <Part
            key={reply.status}
            title={
              <>
                {t('api-docs.reply')} {reply.status}{' '}
                {reply.body === null ? null : <Code>{reply.body.type}</Code>}
              </>
            }
          >
            {reply.body === null ? (
              <Text size="sm">{t('api-docs.reply-none')}</Text>
            ) : (
              <SchemaTree schema={reply.body.schema} resolve={resolve} given={false} />
            )}
          </Part>
        ))}
        {problems.length === 0 ? null : (
          <Part title={t('api-docs.problems')}>
            <Problems codes={problems} />
          </Part>
        )}
      </Stack>
      <Stack gap="lg" className={classes.words ?? ''}>
        <Part title={t('api-docs.sample')}>
          <Sample text={curlOf(operation, resolve, window.location.origin)} />
        </Part>
        {operation.method !== 'GET' || isStream(operation) ? null : (
          <Part title={t('api-docs.try')}>
            <TryIt operation={operation} resolve={resolve} />
          </Part>
        )}
      </Stack>
    </div>
  )
}
