import type { Campaign } from '../../../../../src/campaigns/contract.ts'

export type StepProps = {
  readonly campaign: Campaign
  /** Starts the step anew with what the server holds. */
  readonly onReload: () => void
}
