import type { SystemKind } from '../kinds.ts'

/**
 * Words of one kind of message. Lines hold `{names}` of values; a line whose value is not given is left out. A subject
 * holds none: it is seen on locked screens.
 */
export type KindText = {
  readonly subject: string
  readonly lines: readonly string[]
  /** What the link does; also the words of the button. */
  readonly button?: string
}

export type StreamTexts = {
  readonly kinds: Readonly<Record<SystemKind, KindText>>
  readonly code: string
  readonly time: string
  readonly address: string
  readonly browser: string
  readonly unresolved: string
  readonly neverTell: string
  readonly notMe: string
  readonly notMeButton: string
  readonly footer: string
  readonly changes: Readonly<Record<'on' | 'off' | 'changed' | 'reset' | 'policy', string>>
  readonly states: Readonly<Record<'off' | 'report' | 'enforce', string>>
  /** One short line each; letters of the GSM alphabet alone, so that a text stays short. */
  readonly sms: { readonly code: string; readonly notMe: string; readonly notice: string }
}
