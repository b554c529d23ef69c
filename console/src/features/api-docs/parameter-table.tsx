import { Code, Table, Text } from '@mantine/core'
import { useTexts } from '../../i18n/texts.tsx'
import classes from './api-docs.module.css'
import { type Parameter, type Resolve, withoutNull } from './openapi.ts'
import { limitWords, typeWords } from './schema-words.ts'

type Props = { readonly parameters: readonly Parameter[]; readonly resolve: Resolve }

const Row = ({ parameter, resolve }: { readonly parameter: Parameter; readonly resolve: Resolve }) => {
  const texts = useTexts()
  const { t } = texts
  const open = withoutNull(parameter.schema).schema
  const { schema } = resolve(open)
  const values = schema.enum ?? (schema.items === undefined ? undefined : resolve(schema.items).schema.enum)
  const description = parameter.description ?? open.description
  return (
    <Table.Tr>
      <Table.Td className={classes.parameterName}>
        <span className={classes.memberName}>{parameter.name}</span>
        <Text size="xs" c="dimmed">
          {t(`api-docs.in-${parameter.in}`)}
          {parameter.required === true ? (
            <>
              {' · '}
              <span className={classes.required}>{t('api-docs.required')}</span>
            </>
          ) : null}
        </Text>
      </Table.Td>
      <Table.Td>
        <div className={classes.memberType}>{typeWords(parameter.schema, resolve, texts)}</div>
        <div className={classes.facts}>{limitWords({ ...schema, ...open }, texts).join(' · ')}</div>
        {values === undefined ? null : (
          <span className={classes.values}>
            {values.map((value) => (
              <Code key={String(value)}>{String(value)}</Code>
            ))}
          </span>
        )}
        {description === undefined ? null : (
          <div className={classes.facts} lang="en">
            {description}
          </div>
        )}
      </Table.Td>
    </Table.Tr>
  )
}

export const ParameterTable = ({ parameters, resolve }: Props) => {
  const { t } = useTexts()
  return (
    <Table aria-label={t('api-docs.parameters')} verticalSpacing={6} className={classes.table ?? ''}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('api-docs.parameter')}</Table.Th>
          <Table.Th>{t('api-docs.meaning')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {parameters.map((parameter) => (
          <Row key={`${parameter.in} ${parameter.name}`} parameter={parameter} resolve={resolve} />
        ))}
      </Table.Tbody>
    </Table>
  )
}
