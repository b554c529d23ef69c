import { Anchor, Input } from '@mantine/core'
import { type ReactNode, type RefObject, useId, useMemo, useState } from 'react'
import { useTexts } from '../../../../i18n/texts.tsx'
import classes from './code-field.module.css'
import type { Fault } from './live-check.ts'
import { offsetOf, screenColumn } from './places.ts'

const lineHeightPx = 20
const paddingPx = 8
const indentPx = 12

type Scroll = { readonly top: number; readonly left: number }

const Gutter = ({ lines, faults, scroll }: { lines: number; faults: readonly Fault[]; scroll: Scroll }) => {
  const numbers = useMemo(() => Array.from({ length: lines }, (_, place) => place + 1).join('\n'), [lines])
  return (
    <div className={classes.gutter} aria-hidden>
      <div style={{ transform: `translateY(${-scroll.top}px)`, position: 'relative' }}>
        <pre className={classes.numbers}>{numbers}</pre>
        {faults.map((fault) => (
          <span
            key={`${fault.line} ${fault.column}`}
            className={classes.badge}
            style={{ top: paddingPx + (fault.line - 1) * lineHeightPx }}
          >
            {fault.line}
          </span>
        ))}
      </div>
    </div>
  )
}

const Marks = ({ text, faults, scroll }: { text: string; faults: readonly Fault[]; scroll: Scroll }) => {
  if (faults.length === 0) return null
  const lines = text.split('\n')
  return (
    <div
      className={classes.marks}
      style={{ transform: `translate(${-scroll.left}px, ${-scroll.top}px)` }}
      aria-hidden
    >
      {faults.map(({ line, column }) => {
        const top = paddingPx + (line - 1) * lineHeightPx
        const left = `calc(${indentPx}px + ${screenColumn(lines[line - 1] ?? '', column)}ch)`
        return (
          <div key={`${line} ${column}`}>
            <div className={classes.line} style={{ top }} />
            <div className={classes.column} style={{ top, left }} />
          </div>
        )
      })}
    </div>
  )
}

type Props = {
  readonly label: string
  readonly description?: ReactNode
  readonly value: string
  readonly onChange: (value: string) => void
  readonly faults: readonly Fault[]
  readonly error?: ReactNode
  readonly areaRef: RefObject<HTMLTextAreaElement | null>
  readonly tools?: ReactNode
  readonly low?: boolean
  readonly maxLength: number
}

/** Source with line numbers; each fault is marked at its place, and its sentence leads there. */
export const CodeField = (props: Props) => {
  const { label, value, onChange, faults, error, areaRef, low = false } = props
  const { t } = useTexts()
  const id = useId()
  const [scroll, setScroll] = useState<Scroll>({ top: 0, left: 0 })
  const lines = useMemo(() => value.split('\n').length, [value])
  const jump = (fault: Fault) => {
    const area = areaRef.current
    if (area === null) return
    const offset = offsetOf(value, fault)
    area.focus()
    area.setSelectionRange(offset, offset + 1)
    area.scrollTop = Math.max(0, (fault.line - 4) * lineHeightPx)
  }
  const faulty = faults.length > 0 || error != null
  return (
    <Input.Wrapper label={label} description={props.description} labelProps={{ htmlFor: id }}>
      {props.tools}
      <div
        className={`${classes.field} ${low ? classes.low : ''}`}
        {...(faulty ? { 'data-faulty': true } : {})}
      >
        <Gutter lines={lines} faults={faults} scroll={scroll} />
        <div className={classes.place}>
          <Marks text={value} faults={faults} scroll={scroll} />
          <textarea
            id={id}
            ref={areaRef}
            className={classes.area}
            value={value}
            onChange={(event) => onChange(event.currentTarget.value)}
            onScroll={({ currentTarget: area }) => setScroll({ top: area.scrollTop, left: area.scrollLeft })}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            wrap="off"
            maxLength={props.maxLength}
            aria-invalid={faulty}
            aria-describedby={faulty ? `${id}-faults` : undefined}
          />
        </div>
      </div>
      <div id={`${id}-faults`} role="status">
        {error == null ? null : <Input.Error mt={6}>{error}</Input.Error>}
        {faults.map((fault) => (
          <Input.Error key={`${fault.line} ${fault.column} ${fault.reason}`} mt={6}>
            <Anchor component="button" type="button" size="xs" c="inherit" onClick={() => jump(fault)}>
              {t('content.fault-place', { line: fault.line, column: fault.column })}
            </Anchor>{' '}
            {fault.reason}
          </Input.Error>
        ))}
      </div>
    </Input.Wrapper>
  )
}
