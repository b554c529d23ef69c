/** What a provider told at hand-off, or what came back about a message later. */
export type Refusal = {
  readonly messageId: string
  readonly sourceId: string
  readonly contactId: string | null
  readonly address: string
  /** Class of email.md §11.1, `expired` when retries were used up. */
  readonly class: string
  readonly code: string
  readonly text: string
  readonly origin: 'campaign' | 'transactional' | 'test'
}
