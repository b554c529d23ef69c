import { approvalKinds } from './approval-kinds.ts'
import { sweepApprovals } from './approvals/index.ts'
import { closeAuditWindows, dropOldMonths, makeDueCheckpoints } from './audit/index.ts'
import { auditExportOperations, dropExpiredExports } from './audit-exports/index.ts'
import { planCampaign, stopForLostDomain, sweepCampaigns } from './campaigns/index.ts'
import { contactOperations } from './contacts/index.ts'
import { demoOperations } from './demo/index.ts'
import type { Deps } from './http/deps.ts'
import { inboundOperations, readInboundMail, readReceiptCall, sweepInbound } from './inbound/index.ts'
import { keepPartitions } from './instance/index.ts'
import type { JobList } from './jobs/index.ts'
import { askAboutUncertain, recoverExpiredLeases, resolveOverdueUncertain } from './messages/index.ts'
import { makeOperationJob, type OperationRunners, requeueDueOperations } from './operations/index.ts'
import { findAsker, sweepWarmups } from './providers/index.ts'
import { provisions } from './provisions.ts'
import { sendBack } from './scenarios/index.ts'
import {
  answerStranger,
  cleanSignIns,
  noticeSuspendingKeys,
  sweepNetworks,
  sweepStrangers,
} from './security/index.ts'
import { checkSenderDomainJob, sweepSenderDomains } from './sender-domains/index.ts'
import { playDueActs, pruneMailboxes } from './simulator/index.ts'
import { deliverSystem, sweepSystemMessages } from './system-stream/index.ts'
import { deliverWebhooks, sweepWebhooks } from './webhooks/index.ts'

/** One line per type of background operation. */
const operationRunners: OperationRunners = {
  ...contactOperations,
  ...demoOperations,
  ...auditExportOperations,
  ...inboundOperations,
}

/** The list of jobs. */
export const jobs: JobList = {
  run_operation: makeOperationJob(operationRunners),
  plan_campaign: planCampaign,
  deliver_system: deliverSystem,
  answer_stranger: answerStranger(provisions),
  deliver_webhooks: deliverWebhooks,
  read_inbound_mail: readInboundMail,
  read_receipt_call: readReceiptCall,
  check_sender_domain: checkSenderDomainJob,
  sender_domain_lost: stopForLostDomain,
}

/** What is due by the clock; each part is idempotent and safe on several nodes at once. */
const dueParts: readonly ((deps: Deps) => Promise<void>)[] = [
  keepPartitions,
  requeueDueOperations,
  recoverExpiredLeases,
  askAboutUncertain(findAsker),
  resolveOverdueUncertain,
  sweepCampaigns,
  closeAuditWindows,
  makeDueCheckpoints,
  dropOldMonths,
  dropExpiredExports,
  noticeSuspendingKeys,
  cleanSignIns,
  sweepNetworks,
  sweepStrangers,
  sweepSystemMessages,
  sweepWebhooks,
  sweepInbound,
  sweepSenderDomains,
  playDueActs(sendBack),
  pruneMailboxes,
  sweepWarmups,
  sweepApprovals(approvalKinds),
]

export const runDue = async (deps: Deps): Promise<void> => {
  for (const part of dueParts) await part(deps)
}
