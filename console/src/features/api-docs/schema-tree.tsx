import { Code } from '@mantine/core'
import { useTexts } from '../../i18n/texts.tsx'
import classes from './api-docs.module.css'
import { type Resolve, type Schema, withoutNull } from './openapi.ts'
import { limitWords, mapValue, typeWords } from './schema-words.ts'

const depthMax = 8

/** What is inside: the members of an object, the entries of a list, the alternatives of a choice. */
const insideOf = (given: Schema, resolve: Resolve): { schemas: readonly Schema[]; names: string[] } => {
  const { schema, name } = resolve(withoutNull(given).schema)
  const names = name === null ? [] : [name]
  const open = withoutNull(schema).schema
  const inner = open.items ?? (open.properties === undefined ? mapValue(open) : null)
  if (inner !== null && inner !== undefined) {
    const deeper = insideOf(inner, resolve)
    return { schemas: deeper.schemas, names: [...names, ...deeper.names] }
  }
  if (open.anyOf !== undefined) {
    const all = open.anyOf.map((choice) => insideOf(choice, resolve))
    return {
      schemas: all.flatMap((one) => one.schemas),
      names: [...names, ...all.flatMap((one) => one.names)],
    }
  }
  return { schemas: open.properties === undefined ? [] : [open], names }
}

const Values = ({ schema }: { readonly schema: Schema }) => {
  const { t } = useTexts()
  if (schema.enum === undefined) return null
  return (
    <span className={classes.values}>
      {t('api-docs.one-of')}{' '}
      {schema.enum.map((value) => (
        <Code key={String(value)}>{String(value)}</Code>
      ))}
    </span>
  )
}

type MemberProps = {
  readonly name: string
  readonly schema: Schema
  readonly required: boolean
  readonly resolve: Resolve
  /** Named shapes around this member: a circle ends here. */
  readonly around: readonly string[]
  readonly depth: number
  /** The reader has to write it: then it matters what must be there. */
  readonly given: boolean
}

const Member = ({ name, schema: own, required, resolve, around, depth, given }: MemberProps) => {
  const texts = useTexts()
  const { t } = texts
  const open = withoutNull(own).schema
  const { schema } = resolve(open)
  const facts = limitWords({ ...schema, ...open }, texts)
  const { schemas, names } = insideOf(own, resolve)
  const isCircle = names.some((one) => around.includes(one))
  const description = open.description ?? schema.description
  return (
    <li className={classes.member}>
      <div className={classes.memberLine}>
        <span className={classes.memberName}>{name}</span>
        <span className={classes.memberType}>{typeWords(own, resolve, texts)}</span>
        {given && required ? <span className={classes.required}>{t('api-docs.required')}</span> : null}
      </div>
      {facts.length === 0 ? null : <div className={classes.facts}>{facts.join(' · ')}</div>}
      <Values schema={schema} />
      {description === undefined ? null : (
        <div className={classes.facts} lang="en">
          {description}
        </div>
      )}
      {isCircle || depth > depthMax ? null : (
        <Members
          schemas={schemas}
          resolve={resolve}
          around={[...around, ...names]}
          depth={depth + 1}
          given={given}
        />
      )}
    </li>
  )
}

type MembersProps = {
  readonly schemas: readonly Schema[]
  readonly resolve: Resolve
  readonly around: readonly string[]
  readonly depth: number
  /** The reader has to write it: then it matters what must be there. */
  readonly given: boolean
}

const Members = ({ schemas, resolve, around, depth, given }: MembersProps) => {
  if (schemas.length === 0) return null
  return schemas.map((schema) => (
    <ul key={Object.keys(schema.properties ?? {}).join(' ')} className={classes.members}>
      {Object.entries(schema.properties ?? {}).map(([name, member]) => (
        <Member
          key={name}
          name={name}
          schema={member}
          required={schema.required?.includes(name) ?? false}
          resolve={resolve}
          around={around}
          depth={depth}
          given={given}
        />
      ))}
    </ul>
  ))
}

/** A schema as people read it: names, types, limits, choices; references are opened in place. */
type TreeProps = { readonly schema: Schema; readonly resolve: Resolve; readonly given: boolean }

export const SchemaTree = ({ schema, resolve, given }: TreeProps) => {
  const texts = useTexts()
  const { schemas, names } = insideOf(schema, resolve)
  const top = resolve(withoutNull(schema).schema).schema
  return (
    <div>
      <div className={classes.memberType}>{typeWords(schema, resolve, texts)}</div>
      <Values schema={top} />
      <Members schemas={schemas} resolve={resolve} around={names} depth={0} given={given} />
    </div>
  )
}
