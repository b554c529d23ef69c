import { Code } from '@mantine/core'
import { Fragment } from 'react'

const tokens = /(\*\*[^*]+\*\*|`[^`]+`)/

/** Words with `code` and **weight**, the only marks that descriptions use. */
export const Prose = ({ text }: { readonly text: string }) =>
  text.split(tokens).map((part, place) => {
    const key = `${place} ${part}`
    if (part.startsWith('**')) return <strong key={key}>{part.slice(2, -2)}</strong>
    if (part.startsWith('`')) return <Code key={key}>{part.slice(1, -1)}</Code>
    return <Fragment key={key}>{part}</Fragment>
  })

export const Paragraphs = ({ text, className }: { readonly text: string; readonly className?: string }) =>
  text.split('\n\n').map((paragraph) => (
    <p key={paragraph} className={className} lang="en">
      <Prose text={paragraph} />
    </p>
  ))
